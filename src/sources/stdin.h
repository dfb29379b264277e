// Standard input as one item.
#pragma once

#include <string>

#include "core/source.h"

namespace hfscan {

class StdinSource : public Source, public ContentStore {
 public:
  explicit StdinSource(std::string label = "stdin") : label_(std::move(label)) {}

  Status for_each(SourceSink& sink) override;
  // Once: a pipe cannot be read again.
  [[nodiscard]] Result<std::unique_ptr<Content>> open(const Item& item) const override;
  [[nodiscard]] bool reopens() const override { return false; }

 private:
  std::string label_;
};

}  // namespace hfscan
