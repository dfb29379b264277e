// Variables and build arguments of images. Tested by tests/unit/hygiene/matchers/containers_test.cc.
#include "hygiene/matchers/containers.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "hygiene/matchers/containers_names.h"
#include "hygiene/matchers/families.h"
#include "hygiene/token_names.h"
#include "syntax/shell_words.h"

namespace hfscan {
namespace {

// Of a `# check=skip=A,B` line of BuildKit before the first instruction.
bool skips_build_check(std::string_view text) {
  for (std::string_view line : split_lines(text.substr(0, 2048))) {
    line = trim(line);
    if (!line.starts_with('#')) return false;
    const std::size_t skip = line.find("check=skip=");
    if (skip == std::string_view::npos) continue;
    const std::string_view list = line.substr(skip);
    return list.find("SecretsUsedInArgOrEnv") != std::string_view::npos || list.find("=all") != std::string_view::npos;
  }
  return false;
}

// The line that holds only this, with its line end; `with` one more token on either side otherwise.
ByteSpan without_pair(const DockerInstruction& instruction, std::size_t index, std::string_view text) {
  const std::vector<DockerPair>& pairs = instruction.pairs;
  if (index > 0) return {pairs[index - 1].span.end, pairs[index].span.end};
  if (pairs.size() > 1) return {pairs[0].span.begin, pairs[1].span.begin};
  const std::size_t line_end = text.find('\n', static_cast<std::size_t>(instruction.span.end));
  return {instruction.span.begin, line_end == std::string_view::npos ? instruction.span.end : line_end + 1};
}

void report_pair(const FileCheck& check, const Piece& piece, const DockerInstruction& instruction, std::size_t index) {
  const DockerPair& pair = instruction.pairs[index];
  RuleHit& hit = check.hit(piece, pair.span);
  hit.severity = severity_of_value(pair.value.text);
  if (skips_build_check(piece.text)) {
    hit.severity = Severity::note;
    hit.message = cat(check.rule().message, " (the Dockerfile skips BuildKit's check of it)");
  }
  if (instruction.keyword == "ENV" && piece.map == nullptr)
    hit.edits.push_back({without_pair(instruction, index, piece.text), ""});
}

bool is_empty_value(const DockerPair& pair) { return bare(pair.value.text).empty(); }

// `--change "ENV HF_TOKEN=x"` of commit and import; `buildah config --env HF_TOKEN=x`.
bool bakes_variable(std::string_view program, const ShellOption& option) {
  std::string_view value = bare(option.value());
  if (program != "buildah") {
    if (to_lower_ascii(value.substr(0, 4)) != "env ") return false;
    value = trim(value.substr(4));
  } else if (option.name != "-e" && option.name != "--env") {
    return false;
  }
  const std::size_t sign = value.find_first_of("= ");
  return sign != std::string_view::npos && is_token_name(value.substr(0, sign)) && !bare(value.substr(sign + 1)).empty();
}

void env_of_command(const FileCheck& check, const Piece& piece, std::span<const ShellWord> words) {
  static constexpr std::array<std::string_view, 4> kWithValue = {"-c", "--change", "-e", "--env"};
  if (words.size() < 3) return;
  const std::string_view program = command_name(words[0]);
  const bool config = program == "buildah" && words[1].text == "config";
  const bool change = (program == "docker" || program == "podman" || program == "nerdctl") &&
                      (words[1].text == "commit" || words[1].text == "import");
  if (!config && !change) return;
  for (const ShellOption& option : parse_options(words.subspan(2), {.with_value = kWithValue}).options) {
    if (option.value_word != nullptr && bakes_variable(program, option))
      check.hit(piece, {option.word->span.begin, option.value_word->span.end});
  }
}

}  // namespace

void docker_env(const FileCheck& check) {
  for_each_docker_instruction(check, [&](const Piece& piece, const DockerInstruction& instruction) {
    if (instruction.keyword != "ENV") return;
    for (std::size_t i = 0; i < instruction.pairs.size(); ++i) {
      const DockerPair& pair = instruction.pairs[i];
      if (is_token_name(pair.name) && !is_empty_value(pair)) report_pair(check, piece, instruction, i);
    }
  });
  for (const Piece& piece : check.file().pieces()) {
    if (piece.language != Language::shell) continue;
    const ShellScript& script = check.file().shell(piece);
    for (const ShellCommand& command : script.commands) env_of_command(check, piece, effective_words(script, command).words);
  }
}

void docker_arg(const FileCheck& check) {
  for_each_docker_instruction(check, [&](const Piece& piece, const DockerInstruction& instruction) {
    if (instruction.keyword != "ARG") return;
    for (std::size_t i = 0; i < instruction.pairs.size(); ++i) {
      if (is_token_name(instruction.pairs[i].name)) report_pair(check, piece, instruction, i);
    }
  });
}

std::span<const FileMatcher> container_matchers() {
  static constexpr std::array<FileMatcher, 5> kMatchers = {{{"docker-env", docker_env},
                                                            {"docker-arg", docker_arg},
                                                            {"docker-layer", docker_layer},
                                                            {"docker-copy", docker_copy},
                                                            {"docker-build-args", docker_build_args}}};
  return kMatchers;
}

}  // namespace hfscan
