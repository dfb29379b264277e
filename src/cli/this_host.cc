#include "cli/this_host.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "base/text.h"
#include "host/places.h"

namespace hfscan {

Result<HostView> view_of_this_host() {
  const auto value = [](std::string_view name) {
    const char* text = std::getenv(std::string(name).c_str());  // NOLINT(concurrency-mt-unsafe): before any thread starts
    return std::string(text == nullptr ? "" : text);
  };
  HostView host;
  host.home = value("HOME");
  while (host.home.size() > 1 && host.home.ends_with('/')) host.home.pop_back();
  std::error_code failed;
  if (!host.home.starts_with('/')) return Error{"cannot tell your home folder: set HOME to its absolute path"};
  if (!std::filesystem::is_directory(host.home, failed))
    return Error{cat("the home folder ", hfscan::quoted(host.home), " cannot be read; set HOME to its absolute path")};
  for (const std::string_view name : host_variables()) {
    if (std::string text = value(name); !text.empty()) host.environment.emplace(name, std::move(text));
  }
  host.now = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  return host;
}

}  // namespace hfscan
