// Commands of one program wherever they stand: in shell text of any kind, in the script of `bash -c`, and as a list of strings
// in a program, a JSON file or a Dockerfile (`subprocess.run(["hf", "jobs", ...])`).
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "hygiene/matchers/jobs_code.h"
#include "syntax/shell_words.h"

namespace hfscan {

struct CommandLine {
  const Piece& piece;
  const ShellScript& script;
  std::span<const ShellWord> words;     // from the program on
  const OffsetMap* to_piece = nullptr;  // null: spans of words are spans of the piece

  [[nodiscard]] ByteSpan in_piece(ByteSpan span) const { return to_piece == nullptr ? span : to_piece->to_parent(span); }
  // The words after these leading ones (`jobs`, `run`), options among them passed over; empty when they are not there.
  [[nodiscard]] std::optional<std::span<const ShellWord>> after(std::initializer_list<std::string_view> lead) const;
};

// Programs by the last component of their name.
void for_each_command(const FileCheck& check, Words programs, const std::function<void(const CommandLine&)>& visit);

constexpr std::string_view kHfPrograms[] = {"hf", "huggingface-cli"};

// A command of `hf`, taken apart: `hf jobs run`, `hf spaces secrets add` ...
struct HfCommand {
  const CommandLine& line;
  std::string_view group;   // jobs, sandbox, spaces, repos, endpoints
  bool starts_job = false;  // hf jobs [scheduled] [uv] run
  ParsedOptions parsed;     // `rest` is the remote command of a job

  [[nodiscard]] bool has(std::string_view option) const;
};

void for_each_hf_command(const FileCheck& check, const std::function<void(const HfCommand&)>& visit);

// NAME or NAME=value as the value of -e, --env, -s, --secrets.
struct NamedArgument {
  std::string_view name;
  bool has_value = false;
  std::size_t value_begin = 0;  // in the word's text
};
NamedArgument named_value(const ShellOption& option);

// From the option to the end of its value.
ByteSpan span_of_option(const CommandLine& line, const ShellOption& option);

// Whether a part is expanded before the command starts, to something that is a token by its name.
bool is_token_part(const ShellPart& part, std::string_view word);

// Whether the word's text from `begin` on is filled in before the command starts, or holds a token itself.
bool is_filled_in(const CommandLine& line, const ShellWord& word, std::size_t begin);

}  // namespace hfscan
