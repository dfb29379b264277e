// Where one file uses a Hugging Face token or a variable that holds one: which kind of place it is, under which name, and
// where.
//
// Separate from the walk over the tree, so that everything that is decided here is decided by a path and a text in memory. The
// text is hostile: the readers of `syntax` are bounded, and names leave this module only through safe_text().
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace hfscan {

class FileView;

// The fields are those of UsePlace, as the file has them.
struct FileUse {
  std::string kind;
  std::string name;
  std::string alias_of = {};
  std::string scope = {};
  std::string key = {};
  std::uint64_t offset = 0;  // in bytes from the start of the file
};

struct FileUses {
  std::vector<FileUse> uses;
  std::set<std::string> environments;         // deployment environments of GitHub whose jobs get a token
  std::set<std::string> spaces;               // USER/SPACE, as commands, calls and addresses name them
  std::vector<std::string> notes;             // where else to look: one line each, without the path
  std::vector<std::string> left_out;          // where a reader stopped
  std::string github;                         // HOST/OWNER/NAME of the remote `origin`, or of the first that is on GitHub
  std::optional<std::uint64_t> space_offset;  // a README with the metadata of a Space: where its `sdk` stands
};

// Linear in the text, but for what syntax/*.h say of their readers.
FileUses find_file_uses(std::string_view path, std::string_view text);

// The kind of a file that keeps a token by its purpose or may have one written into it: "dotenv", "netrc", "token-file",
// "notebook" ...; "literal" for any other.
std::string_view kind_of_literal(std::string_view path);

// Whether git may well ignore the file and it keeps tokens nevertheless: dotenv files, token files, Terraform's variables.
[[nodiscard]] bool keeps_tokens(std::string_view path);

// One line for each bound below that was met would help nobody: beyond it, uses of a file are left out and said so once.
constexpr std::size_t kMostUsesOfFile = 10'000;

}  // namespace hfscan
