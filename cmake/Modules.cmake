# hfscan_module(NAME [USES module...] [LIBRARIES target...]): the static library hfscan_NAME from all sources of src/NAME.
# USES is the include table of ARCHITECTURE.md; tests/architecture holds every #include against it.
function(hfscan_module name)
  cmake_parse_arguments(ARG "" "" "USES;LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cc")
  add_library(hfscan_${name} STATIC ${sources})
  hfscan_own_code(hfscan_${name})
  target_include_directories(hfscan_${name} PUBLIC "${PROJECT_SOURCE_DIR}/src")
  list(TRANSFORM ARG_USES PREPEND hfscan_)
  target_link_libraries(hfscan_${name} PUBLIC ${ARG_USES} PRIVATE ${ARG_LIBRARIES} Threads::Threads)
endfunction()
