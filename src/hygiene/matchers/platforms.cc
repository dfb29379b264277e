#include "hygiene/matchers/platforms.h"

#include <array>

#include "hygiene/matchers/families.h"

namespace hfscan {
namespace {

void platform_env(const FileCheck& check) {
  CodeReport report(check);
  find_in_platform_commands(check, report);
  find_in_platform_calls(check, report);
  find_in_platform_files(check, report);
}

}  // namespace

std::span<const FileMatcher> platform_matchers() {
  static constexpr std::array<FileMatcher, 1> kMatchers = {{{"platform-env", platform_env}}};
  return kMatchers;
}

}  // namespace hfscan
