#include "scan/line_file.h"

#include "base/encoding.h"
#include "base/text.h"
#include "base/utf.h"

namespace hfscan {
namespace {

// Four times the longest path that Linux opens (every byte escaped), and room for the rest of the line.
constexpr std::size_t kMaxLine = std::size_t{32} * 1024;

bool is_conflict_marker(std::string_view line) {
  return line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") || line == "=======";
}

bool is_printable(std::string_view character) { return character != "\\" && escape_for_display(character) == character; }

}  // namespace

Error line_error(std::string_view name, std::uint64_t line, std::string_view message) {
  return Error{cat(escape_for_display(name), ":", std::to_string(line), ": ", message)};
}

Result<std::vector<FileLine>> read_lines(std::string_view text, std::string_view name, std::uint64_t limit) {
  if (text.size() > limit)
    return Error{cat(escape_for_display(name), ": larger than ", human_bytes(limit), "; split or prune it")};
  std::vector<FileLine> lines;
  for (const std::string_view line : split_lines(text)) {
    const std::uint64_t number = lines.size() + 1;
    if (line.size() > kMaxLine) return line_error(name, number, "line longer than 32 KiB; one entry a line is expected");
    if (line.find('\0') != std::string_view::npos) return line_error(name, number, "a NUL byte; a text file is expected");
    if (is_conflict_marker(line)) {
      return line_error(name, number, "conflict marker of a merge; keep the lines of both sides and delete the markers");
    }
    lines.push_back({number, line});
  }
  return lines;
}

std::string escape_field(std::string_view field) {
  std::string out;
  for (std::size_t i = 0; i < field.size();) {
    const std::string_view character = field.substr(i, decode_utf8(field, i).length);
    const bool outer_space = character == " " && (i == 0 || i + 1 == field.size());
    i += character.size();
    if (character == "\\") {
      out += "\\\\";
    } else if (is_printable(character) && !outer_space) {
      out += character;
    } else {
      for (const char byte : character) out += cat("\\x", hex_encode({&byte, 1}));
    }
  }
  return out;
}

std::optional<std::string> unescape_field(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out.push_back(text[i]);
    } else if (text.substr(i, 2) == "\\\\") {
      out.push_back(text[++i]);
    } else {
      const auto byte = text.substr(i, 2) == "\\x" && i + 4 <= text.size() ? hex_decode(text.substr(i + 2, 2)) : std::nullopt;
      if (!byte) return std::nullopt;
      out += *byte;
      i += 3;
    }
  }
  return out;
}

}  // namespace hfscan
