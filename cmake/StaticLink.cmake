# hfscan_link_release(target): one static binary without network code, or, where that does not link, a dynamic one.
#
# Debian's libgit2.a holds HTTPS and SSH back ends. src/git/no_network.c defines the symbols through which the rest of
# libgit2 reaches them; placed before the archive it keeps their objects, and so TLS, SSH and Kerberos, out of the binary.
# Those names are internal to libgit2 1.5, so the link is tried at configure time.
function(hfscan_link_release target)
  if(NOT CMAKE_BUILD_TYPE STREQUAL "Release")
    return()
  endif()
  target_link_options(${target} PRIVATE ${HFSCAN_HARDENING_LINK})
  if(HFSCAN_STATIC AND HFSCAN_STATIC_LINKS)
    target_sources(${target} PRIVATE "${PROJECT_SOURCE_DIR}/src/git/no_network.c")
    set_target_properties(${target} PROPERTIES HFSCAN_LINKED_STATICALLY ON)
    target_link_options(${target} PRIVATE -static-pie)
  else()
    target_link_options(${target} PRIVATE -pie)
  endif()
endfunction()

if(HFSCAN_STATIC)
  set(HFSCAN_STATIC_ARCHIVES git2 re2 archive nettle lzma zstd lz4 bz2 mbedcrypto http_parser pcre2-8 z)
  list(TRANSFORM HFSCAN_STATIC_ARCHIVES PREPEND "-l")
  file(WRITE "${CMAKE_BINARY_DIR}/static-probe/probe.cc"
       "#include <git2.h>\n#include <re2/re2.h>\nint main() { return git_libgit2_init() < 1 || !RE2::PartialMatch(\"a\", \"a\"); }\n")
  try_compile(HFSCAN_STATIC_LINKS "${CMAKE_BINARY_DIR}/static-probe/build"
    SOURCES "${CMAKE_BINARY_DIR}/static-probe/probe.cc" "${PROJECT_SOURCE_DIR}/src/git/no_network.c"
    LINK_OPTIONS -static-pie
    LINK_LIBRARIES ${HFSCAN_STATIC_ARCHIVES} Threads::Threads
    OUTPUT_VARIABLE HFSCAN_STATIC_PROBE_OUTPUT)
  if(NOT HFSCAN_STATIC_LINKS)
    message(WARNING "The static link without network code failed; hfscan is linked dynamically instead.\n${HFSCAN_STATIC_PROBE_OUTPUT}")
  endif()
endif()
