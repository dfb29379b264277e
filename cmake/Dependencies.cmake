# Everything comes from the distribution's packages; ./dev installs them (see packaging/debian-packages.txt).
find_package(Threads REQUIRED)

function(hfscan_find_library variable name header)
  find_library(${variable} NAMES ${name} REQUIRED)
  find_path(${variable}_INCLUDE NAMES ${header} REQUIRED)
  add_library(dep_${name} INTERFACE)
  target_link_libraries(dep_${name} INTERFACE ${${variable}})
  target_include_directories(dep_${name} SYSTEM INTERFACE ${${variable}_INCLUDE})
endfunction()

hfscan_find_library(RE2_LIBRARY re2 re2/re2.h)
hfscan_find_library(GIT2_LIBRARY git2 git2.h)
hfscan_find_library(ZLIB_LIBRARY z zlib.h)
hfscan_find_library(MBEDCRYPTO_LIBRARY mbedcrypto mbedtls/sha256.h)

find_path(TOMLPLUSPLUS_INCLUDE NAMES toml++/toml.h REQUIRED)
find_path(CLI11_INCLUDE NAMES CLI/CLI.hpp REQUIRED)
find_path(NLOHMANN_INCLUDE NAMES nlohmann/json.hpp REQUIRED)
foreach(header_only tomlplusplus CLI11 nlohmann)
  string(TOUPPER ${header_only} upper)
  add_library(dep_${header_only} INTERFACE)
  target_include_directories(dep_${header_only} SYSTEM INTERFACE ${${upper}_INCLUDE})
endforeach()
