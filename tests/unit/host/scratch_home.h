// A host of a test: a home, a /proc and a /etc in a temporary folder.
#pragma once

#include <sys/stat.h>

#include <string>
#include <string_view>

#include "host/host_view.h"
#include "rules/fixture.h"
#include "support/temp_folder.h"

namespace hfscan::test {

class ScratchHome {
 public:
  ScratchHome() {
    folder_.write("home/.keep", "");
    ::chmod(folder_.path("home").c_str(), 0700);
    view_.home = folder_.path("home");
    view_.root = folder_.path();
  }

  // `path` as the report shows it: "~/.netrc", "/proc/7/cmdline".
  void write(std::string_view path, std::string_view content, mode_t mode = 0600) const {
    folder_.write(relative(path), content);
    ::chmod(real(path).c_str(), mode);
  }
  [[nodiscard]] std::string real(std::string_view path) const { return folder_.path(relative(path)); }

  HostView& view() { return view_; }

 private:
  static std::string relative(std::string_view path) {
    return path.starts_with('~') ? "home" + std::string(path.substr(1)) : std::string(path.substr(1));
  }

  TempFolder folder_;
  HostView view_;
};

inline std::string fixture_token(std::string_view name) { return *expand_fixture("{{hf_token:" + std::string(name) + "}}"); }

}  // namespace hfscan::test
