// Build arguments given as options, in whatever language the command is spelled: a shell line, the list of a program, the
// arguments of a pipeline's step. Tested by tests/unit/hygiene/matchers/containers_build_test.cc.
#include <algorithm>
#include <vector>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/containers.h"
#include "hygiene/matchers/containers_names.h"
#include "rules/builtin_rules.h"

namespace hfscan {
namespace {

// --build-arg N, --build-arg=N=v, "--build-arg", "N=v", with line breaks in between; buildctl's build-arg:N=v; bake's
// --set x.args.N=v. Also another name that is given the token: TOKEN=$HF_TOKEN.
const Regex& build_option() {
  static const Regex option(cat(
      R"((?:--build-args?["'`\\]*(?:[=\s\\^`,"'+]{1,60}|[=\s\\^`,"'+]{1,60}(?:- ["']?|[fF]["']))|\bbuild-arg:|(?:--set[ =]["']?|["'\s-])[A-Za-z0-9_*-]+\.args\.))",
      "(?P<secret>", builtin_macro("TOKEN_NAME"), R"((?:$|[=\s"'`,\\):;]))",
      R"(|[A-Za-z0-9_]+=\\*["']?(?:\$\{?|\$\$\{?|\$\(|\$\{\{\s*(?:secrets|env)\.|\{|%|\$env:))", builtin_macro("TOKEN_NAME"),
      R"((?:$|[^A-Za-z0-9_])))"));
  return option;
}

// The start of the logical line in which `at` stands; looks a bounded way back.
std::size_t logical_line_begin(std::string_view text, std::size_t at) {
  constexpr int kMostLines = 20;
  constexpr std::size_t kFarthest = 2048;
  const std::size_t floor = at - std::min(at, kFarthest);
  std::size_t begin = at;
  for (int lines = 0; begin > floor; --begin) {
    if (text[begin - 1] != '\n') continue;
    const std::string_view before = trim(text.substr(floor, begin - floor));
    const bool continued = !before.empty() && std::string_view("\\^`").find(before.back()) != std::string_view::npos;
    if (!continued || ++lines > kMostLines) break;
  }
  return begin;
}

// Where the blocks of code of a document stand, by their beginnings.
std::vector<ByteSpan> code_blocks(const FileCheck& check) {
  std::vector<ByteSpan> blocks;
  if (!check.file().whole().documentation) return blocks;
  for (const Piece& piece : check.file().pieces()) {
    if (piece.map != nullptr && !piece.command_line && !piece.text.empty())
      blocks.push_back(piece.to_file({0, piece.text.size()}));
  }
  std::sort(blocks.begin(), blocks.end(), [](ByteSpan a, ByteSpan b) { return a.begin < b.begin; });
  return blocks;
}

bool is_inside(const std::vector<ByteSpan>& blocks, std::uint64_t at) {
  constexpr int kDeepest = 16;  // pieces within pieces
  auto after = std::upper_bound(blocks.begin(), blocks.end(), at,
                                [](std::uint64_t offset, ByteSpan block) { return offset < block.begin; });
  for (int i = 0; i < kDeepest && after != blocks.begin(); ++i) {
    if (at < (--after)->end) return true;
  }
  return false;
}

// Prose and comments talk about the option; only what reads like the command itself counts there.
bool stands_in_command(const FileCheck& check, const std::vector<ByteSpan>& blocks, std::size_t at) {
  static const Regex building(R"(\b(?:build|bud|buildx|bake|executor|kaniko|deploy|earthly)\b)");
  const std::string_view text = check.file().text();
  const std::size_t begin = logical_line_begin(text, at);
  const std::string_view before = text.substr(begin, at - begin);
  const std::string_view start = trim(before);
  const bool comment =
      start.starts_with("#") || start.starts_with("//") || start.starts_with("* ") || start.starts_with("<!--");
  const bool prose = check.file().whole().documentation && !is_inside(blocks, at);
  return (!comment && !prose) || building.search(before);
}

}  // namespace

void build_arg_options(const FileCheck& check) {
  const std::string_view text = check.file().text();
  const std::vector<ByteSpan> blocks = code_blocks(check);
  for (const Regex::Hit& found : build_option().find_all(text)) {
    if (!stands_in_command(check, blocks, found.whole.begin)) continue;
    const std::string_view spelled = text.substr(found.whole.begin, found.whole.end - found.whole.begin);
    const std::size_t trailing = spelled.size() - (spelled.find_last_not_of(" \t\r\n\"'`,\\):;") + 1);
    check.hit(check.file().whole(), {found.whole.begin, found.whole.end - trailing});
  }
}

}  // namespace hfscan
