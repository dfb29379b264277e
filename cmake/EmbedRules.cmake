# hfscan_embed_rules(target): compiles rules/*.toml into the target, through a small program built for the purpose.
function(hfscan_embed_rules target)
  file(GLOB rule_files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/rules/HF*.toml")
  set(macros "${PROJECT_SOURCE_DIR}/rules/macros.toml")
  set(output "${CMAKE_BINARY_DIR}/generated/builtin_rules.cc")
  file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/generated")
  add_executable(embed_rules "${PROJECT_SOURCE_DIR}/tools/embed_rules.cc" "${PROJECT_SOURCE_DIR}/src/rules/rule_loader.cc"
                 "${PROJECT_SOURCE_DIR}/src/rules/match_reader.cc"
                 "${PROJECT_SOURCE_DIR}/src/rules/rule_record.cc")
  hfscan_own_code(embed_rules)
  target_link_libraries(embed_rules PRIVATE hfscan_core hfscan_base)
  add_custom_command(OUTPUT "${output}" COMMAND embed_rules "${output}" "${macros}" ${rule_files} DEPENDS embed_rules "${macros}" ${rule_files}
                     COMMENT "Embedding rules/*.toml" VERBATIM)
  target_sources(${target} PRIVATE "${output}")
endfunction()
