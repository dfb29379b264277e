# hfscan_clang_tidy(target): holds the sources that the target has so far against .clang-tidy, when the target clang_tidy is built.
#
# Not CMAKE_CXX_CLANG_TIDY, which compiles, archives and links as well: analysing needs none of that. Each source leaves an empty file
# behind, which grows old with the source, its headers and .clang-tidy, so that only what changed is analysed again.
option(HFSCAN_CLANG_TIDY "Make the target clang_tidy; needs clang++ as compiler" OFF)
if(HFSCAN_CLANG_TIDY)
  find_program(HFSCAN_CLANG_TIDY_PROGRAM clang-tidy REQUIRED)
  add_custom_target(clang_tidy)
endif()

function(hfscan_clang_tidy target)
  if(NOT HFSCAN_CLANG_TIDY)
    return()
  endif()
  get_target_property(sources ${target} SOURCES)
  list(FILTER sources INCLUDE REGEX "\\.cc$")
  foreach(source ${sources})
    cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}")
    cmake_path(RELATIVE_PATH source BASE_DIRECTORY "${PROJECT_SOURCE_DIR}" OUTPUT_VARIABLE name)
    set(stamp "${CMAKE_BINARY_DIR}/clang-tidy/${target}/${name}.ok")
    cmake_path(GET stamp PARENT_PATH folder)
    file(MAKE_DIRECTORY "${folder}")
    add_custom_command(OUTPUT "${stamp}" DEPENDS "${source}" "${PROJECT_SOURCE_DIR}/.clang-tidy" DEPFILE "${stamp}.d"
      COMMAND "${HFSCAN_CLANG_TIDY_PROGRAM}" --quiet -p "${CMAKE_BINARY_DIR}" "${source}"
      COMMAND "${CMAKE_CXX_COMPILER}" -std=c++20 "-I${PROJECT_SOURCE_DIR}/src" -MM -MT "${stamp}" -MF "${stamp}.d" "${source}"
      COMMAND "${CMAKE_COMMAND}" -E touch "${stamp}"
      COMMENT "clang-tidy ${name}" VERBATIM)
    list(APPEND stamps "${stamp}")
  endforeach()
  add_custom_target(clang_tidy_${target} DEPENDS ${stamps})
  add_dependencies(clang_tidy clang_tidy_${target})
endfunction()
