# Everything comes from the distribution's packages; ./dev installs them (see packaging/debian-packages.txt).
find_package(Threads REQUIRED)
set(HFSCAN_LINKED_STATICALLY "$<BOOL:$<TARGET_PROPERTY:HFSCAN_LINKED_STATICALLY>>")

# dep_NAME is the archive in a target linked statically (cmake/StaticLink.cmake sets the property), else the shared library: a shared
# library handed to -static-pie links without a word into a program that crashes.
function(hfscan_find_library variable name header)
  find_library(${variable} NAMES ${name} REQUIRED)
  find_library(${variable}_ARCHIVE NAMES lib${name}.a)
  find_path(${variable}_INCLUDE NAMES ${header} REQUIRED)
  add_library(dep_${name} INTERFACE)
  target_link_libraries(dep_${name} INTERFACE "$<IF:${HFSCAN_LINKED_STATICALLY},${${variable}_ARCHIVE},${${variable}}>")
  target_include_directories(dep_${name} SYSTEM INTERFACE ${${variable}_INCLUDE})
endfunction()

hfscan_find_library(RE2_LIBRARY re2 re2/re2.h)
hfscan_find_library(GIT2_LIBRARY git2 git2.h)
hfscan_find_library(ZLIB_LIBRARY z zlib.h)
hfscan_find_library(DEFLATE_LIBRARY deflate libdeflate.h)
hfscan_find_library(MBEDCRYPTO_LIBRARY mbedcrypto mbedtls/sha256.h)
hfscan_find_library(YAML_LIBRARY yaml yaml.h)
hfscan_find_library(BZ2_LIBRARY bz2 bzlib.h)
hfscan_find_library(LZMA_LIBRARY lzma lzma.h)
hfscan_find_library(ZSTD_LIBRARY zstd zstd.h)
hfscan_find_library(LZ4_LIBRARY lz4 lz4frame.h)
hfscan_find_library(ARCHIVE_LIBRARY archive archive.h)

# What libgit2.a and libarchive.a need besides; the shared libraries bring their own.
target_link_libraries(dep_git2 INTERFACE "$<${HFSCAN_LINKED_STATICALLY}:-lhttp_parser;-lpcre2-8;-lz;-lmbedcrypto>")
target_link_libraries(dep_archive INTERFACE "$<${HFSCAN_LINKED_STATICALLY}:-lnettle;-llzma;-lzstd;-lbz2;-lz>")

find_path(TOMLPLUSPLUS_INCLUDE NAMES toml++/toml.h REQUIRED)
find_path(CLI11_INCLUDE NAMES CLI/CLI.hpp REQUIRED)
find_path(NLOHMANN_INCLUDE NAMES nlohmann/json.hpp REQUIRED)
foreach(header_only tomlplusplus CLI11 nlohmann)
  string(TOUPPER ${header_only} upper)
  add_library(dep_${header_only} INTERFACE)
  target_include_directories(dep_${header_only} SYSTEM INTERFACE ${${upper}_INCLUDE})
endforeach()
