// Build arguments given as options, in whatever language the command is spelled: a shell line, the list of a program, the
// arguments of a pipeline's step. Tested by tests/unit/hygiene/matchers/containers_build_args_test.cc.
#include <algorithm>

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

// Prose and comments talk about the option; only what reads like the command itself counts there.
bool stands_in_command(const FileCheck& check, std::size_t at) {
  static const Regex building(R"(\b(?:build|bud|buildx|bake|executor|kaniko|deploy|earthly)\b)");
  const std::string_view text = check.file().text();
  const std::size_t begin = logical_line_begin(text, at);
  const std::string_view before = text.substr(begin, at - begin);
  const std::string_view start = trim(before);
  const bool comment =
      start.starts_with("#") || start.starts_with("//") || start.starts_with("* ") || start.starts_with("<!--");
  bool prose = check.file().whole().documentation;
  for (const Piece& piece : check.file().pieces()) {
    if (!prose) break;
    if (piece.map == nullptr || piece.command_line || piece.text.empty()) continue;
    const ByteSpan place = piece.to_file({0, piece.text.size()});
    if (place.begin <= at && at < place.end) prose = false;
  }
  return (!comment && !prose) || building.search(before);
}

}  // namespace

void build_arg_options(const FileCheck& check) {
  const std::string_view text = check.file().text();
  for (const Regex::Hit& found : build_option().find_all(text)) {
    if (!stands_in_command(check, found.whole.begin)) continue;
    const std::string_view spelled = text.substr(found.whole.begin, found.whole.end - found.whole.begin);
    const std::size_t trailing = spelled.size() - (spelled.find_last_not_of(" \t\r\n\"'`,\\):;") + 1);
    check.hit(check.file().whole(), {found.whole.begin, found.whole.end - trailing});
  }
}

}  // namespace hfscan
