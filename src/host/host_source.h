// The files of an inventory as a source of a scan. They were read already, so that mode and content are those of one moment.
#pragma once

#include <map>

#include "core/source.h"
#include "host/places.h"

namespace hfscan {

class HostSource : public Source, private ContentStore {
 public:
  // The inventory must outlive it.
  explicit HostSource(const HostInventory& inventory);

  Status for_each(SourceSink& sink) override;

 private:
  [[nodiscard]] Result<std::unique_ptr<Content>> open(const Item& item) const override;

  const HostInventory& inventory_;
  std::map<std::string_view, const HostPlace*> places_;
};

}  // namespace hfscan
