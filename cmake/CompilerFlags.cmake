# Warnings for our own code, sanitizers on request, hardening in release builds. Applied through hfscan_own_code(target).

function(hfscan_own_code target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Werror)
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/src")
  if(HFSCAN_FUZZ)
    target_compile_definitions(${target} PRIVATE _GLIBCXX_ASSERTIONS)
  endif()
  hfscan_clang_tidy(${target})
  if(HFSCAN_SANITIZE)
    # -g1: the lines that a report names, without the variables, which cost a tenth of the build.
    target_compile_options(${target} PRIVATE -g1 -fsanitize=${HFSCAN_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(${target} PRIVATE -fsanitize=${HFSCAN_SANITIZE})
  elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_options(${target} PRIVATE ${HFSCAN_HARDENING})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      # When it optimises, g++ 12 takes moved std::strings for uninitialised and "a" + text for an overlap (GCC bug 105651); Debug
      # builds and clang keep both checks.
      target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized -Wno-restrict)
    endif()
  endif()
endfunction()

# Hardening: checks at run time for the little that the type system leaves, and no writable code or relocation tables.
set(HFSCAN_HARDENING -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -D_GLIBCXX_ASSERTIONS -fstack-protector-strong
    -fstack-clash-protection -fPIE "-ffile-prefix-map=${PROJECT_SOURCE_DIR}=." -fno-plt)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  list(APPEND HFSCAN_HARDENING -fcf-protection=full)
endif()
set(HFSCAN_HARDENING_LINK -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code)
