// The version of this build; the build system defines it from project(VERSION).
#pragma once

namespace hfscan {

inline constexpr const char* kVersion = HFSCAN_VERSION;

}  // namespace hfscan
