// A host for an example of a rule: a home, and for paths such as /proc/42/cmdline a root of its own, in a temporary folder.
#pragma once

#include <string>

#include "base/result.h"
#include "core/rule.h"
#include "host/host_view.h"

namespace hfscan {

// Exists as long as the object.
class ExampleHome {
 public:
  // Writes the example's files with their modes (0600 without one); a path without "~/" or "/" lies in the home too. Fixture
  // macros are expanded. A path with ".." is an Error.
  static Result<ExampleHome> make(const RuleExample& example);

  ~ExampleHome();
  ExampleHome(ExampleHome&& other) noexcept;
  ExampleHome& operator=(ExampleHome&&) = delete;
  ExampleHome(const ExampleHome&) = delete;
  ExampleHome& operator=(const ExampleHome&) = delete;

  [[nodiscard]] HostView view() const;

 private:
  explicit ExampleHome(std::string path) : path_(std::move(path)) {}
  [[nodiscard]] Status write(const RuleExample& file) const;

  std::string path_;
};

}  // namespace hfscan
