// The host as the checks see it: where its folders are and what a few variables say. Plain data, so that a test can be given a
// home, a /proc and a /etc of its own, and so that nothing here asks the environment.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace hfscan {

struct HostView {
  std::string home;                                                  // absolute
  std::string root = {};                                             // stands before /etc, /tmp and /proc; empty on a real host
  std::map<std::string, std::string, std::less<>> environment = {};  // of host_variables() only
  std::int64_t now = 0;                                              // seconds since 1970; 0: unknown, and no file has an age
};

// The variables that say where one of the files lies. No others are asked for: their values may be secrets.
std::span<const std::string_view> host_variables();

}  // namespace hfscan
