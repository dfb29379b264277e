# hfscan_precompile(target HEADER...): compiles headers that nearly every file of a kind includes once, for all targets that then
# call hfscan_precompiled(target FROM): a quarter of the time of a build. Files still include what they use: builds with a
# compiler cache, which can do nothing with such headers, and clang-tidy go without.
if(CMAKE_CXX_COMPILER_LAUNCHER OR HFSCAN_CLANG_TIDY OR HFSCAN_FUZZ)
  set(precompile_default OFF)
else()
  set(precompile_default ON)
endif()
option(HFSCAN_PRECOMPILE "Compile the most used headers once" ${precompile_default})

function(hfscan_precompile target)
  if(HFSCAN_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE ${ARGN})
    set_target_properties(${target} PROPERTIES PCH_WARN_INVALID OFF)
  endif()
endfunction()

function(hfscan_precompiled target from)
  if(HFSCAN_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM ${from})
    set_target_properties(${target} PROPERTIES PCH_WARN_INVALID OFF)  # a file with options of its own reads the headers as text
  endif()
endfunction()
