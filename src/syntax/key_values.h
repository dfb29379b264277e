// Readers of files that are mostly `NAME = value` lines: dotenv, INI and its relatives (git config, systemd units,
// .properties).
//
// One result for all of them, because what is asked of them is the same: which names get which values, in which section. Shell
// scripts are not among them (shell.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/location.h"
#include "syntax/gave_up.h"
#include "syntax/offset_map.h"

namespace hfscan {

enum class AssignmentQuote { none, single_quoted, double_quoted, backtick };

struct Assignment {
  std::string_view name;  // of the input, or of the value that systemd_environment() was given
  ByteSpan name_span;
  MappedText value;                               // without quotes, escapes and comment
  ByteSpan value_span;                            // with quotes
  AssignmentQuote quote = AssignmentQuote::none;  // around the whole value
  bool has_value = true;                          // false for a name alone
  bool exported = false;                          // dotenv: after `export`
  bool commented_out = false;                     // dotenv: `# NAME=value`
  std::uint32_t section = UINT32_MAX;             // UINT32_MAX before the first one
};

struct AssignmentSection {
  std::string name;        // git: lower case is up to whoever compares
  std::string subsection;  // git: the part in quotes, without them
  ByteSpan span;           // with brackets
};

// `assignments` point into the text that was read.
struct AssignmentFile {
  std::vector<AssignmentSection> sections;
  std::vector<Assignment> assignments;
  std::optional<GaveUp> gave_up;
};

constexpr std::size_t kAssignmentLimit = 200'000;  // sections and assignments of one file
// A quoted value that is not closed within this many bytes ends with its line.
constexpr std::size_t kAssignmentQuoteLimit = std::size_t{64} * 1024;

// `[export] NAME = value # comment`, values in ', " or ` also over several lines; `NAME: value` too. As node's dotenv 16 and
// python-dotenv 1 read it; variables are not replaced. A comment that has the form of an entry is one, marked commented_out.
AssignmentFile read_dotenv(std::string_view text);

enum class IniFlavour {
  plain,       // Python's configparser: `key = value` or `key: value`, indented lines go on, whole values may be quoted
  git,         // git-config(1): quotes and escapes anywhere, `[a "b"]`, a backslash at the line end goes on, `key` alone
  systemd,     // systemd.syntax(7): a backslash at the line end becomes a blank; quotes stay
  properties,  // java.util.Properties: `key=value`, `key:value`, `key value`, escapes; no sections
};

AssignmentFile read_ini(std::string_view text, IniFlavour flavour);

// The entries of a systemd `Environment=` value: `"A=b c" D=e` are A and D. Spans are of the file; names point into `value`.
std::vector<Assignment> systemd_environment(const MappedText& value);

}  // namespace hfscan
