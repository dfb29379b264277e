// Tested by tests/unit/hygiene/matchers/jobs_cli_test.cc.
#include "hygiene/matchers/jobs_commands.h"

#include <algorithm>

#include "base/text.h"
#include "hygiene/token_names.h"

namespace hfscan {
namespace {

constexpr std::size_t kMostListWords = 256;

// The words of a list of strings, as a script of one command.
class ListCommand {
 public:
  explicit ListCommand(const CodeTree& tree) : tree_(tree) {}

  // From this string on.
  void read(std::uint32_t token) {
    const auto count = static_cast<std::uint32_t>(tree_.tokens.size());
    std::uint32_t end = token;
    while (end < count && tree_.tokens[end].kind != TokenKind::close && end - token < 8 * kMostListWords) end = tree_.next(end);
    is_cut = end - token >= 8 * kMostListWords;
    read_items({token, std::min(end, count)});
    for (std::size_t i = 0; i < script.words.size(); ++i) script.words[i].text = script.texts[i].text;
  }

  ShellScript script;
  bool is_cut = false;  // there are more words

 private:
  void read_items(TokenRange range) {
    for (const CodeEntry& entry : entries_in(tree_, range, '[')) {
      if (entry.name) return;
      if (script.words.size() >= kMostListWords) {
        is_cut = true;
        return;
      }
      if (entry.value.empty() || tree_.is(entry.value.begin, "#")) continue;
      const std::optional<std::uint32_t> list = group_of_value(tree_, entry.value);
      if (list && tree_.opener(*list) == '[' && script.words.size() == 1) return read_items(tree_.groups[*list].inside());
      add(entry);
    }
  }

  void add(const CodeEntry& entry) {
    const std::optional<MappedText> text = string_value(tree_, entry.value);
    ShellWord word;
    word.span = entry.value_span;
    word.first_part = static_cast<std::uint32_t>(script.parts.size());
    MappedText& kept = script.texts.emplace_back();
    kept.text = text ? text->text : std::string(tree_.spelled(entry.value_span));
    if (!text || has_fields(entry.value)) add_part(entry, kept.text);
    word.part_count = static_cast<std::uint32_t>(script.parts.size()) - word.first_part;
    script.words.push_back(word);
  }

  bool has_fields(TokenRange value) const {
    for (std::uint32_t token = value.begin; token < value.end; token = tree_.next(token))
      if (tree_.tokens[token].kind == TokenKind::string && tree_.has_fields(token)) return true;
    return false;
  }

  // An expression, or a string with fields, is filled in when the program runs. What its name says is put down as a variable.
  void add_part(const CodeEntry& entry, std::string_view text) {
    ShellPart part;
    part.kind = ShellPartKind::variable;
    part.text = {text.find('=') == std::string_view::npos ? 0 : text.find('=') + 1, text.size()};
    part.span = entry.value_span;
    part.name = token_expression(tree_, entry.value) ? "HF_TOKEN" : "value";
    script.parts.push_back(part);
  }

  const CodeTree& tree_;
};

constexpr std::string_view kGroups[] = {"jobs",  "sandbox", "sandboxes", "spaces",
                                        "repos", "repo",    "endpoints", "inference-endpoints"};

class CommandFinder {
 public:
  CommandFinder(FileView& file, Words programs, const std::function<void(const CommandLine&)>& visit)
      : file_(file), programs_(programs), visit_(visit) {}

  void find_in(const Piece& piece) {
    if (!holds_one_of(piece.text, programs_)) return;
    if (is_shell(piece.language)) {
      const ShellScript& script = file_.shell(piece);
      for (const ShellCommand& command : script.commands) of_shell(piece, script, command);
      for (const ShellAssignment& assignment : script.assignments) of_assignment(piece, assignment);
    } else if (piece.language == Language::python || piece.language == Language::javascript ||
               piece.language == Language::json || piece.language == Language::groovy) {
      lists_of(piece);
    } else if (piece.language == Language::yaml) {
      sequences_of(piece);
    }
  }

 private:
  void of_shell(const Piece& piece, const ShellScript& script, const ShellCommand& command) {
    if (command.kind != ShellCommandKind::simple) return;
    const std::span<const ShellWord> words = effective_words(script, command).words;
    if (words.empty()) return;
    const std::size_t begin = program_in(words);
    if (begin < words.size()) visit_({piece, script, words.subspan(begin), nullptr});
    if (const ShellWord* const inner = script_argument(words)) of_nested(piece, inner->text, inner->span);
  }

  // The program itself, or behind one that runs it: srun hf jobs run, docker run IMAGE hf jobs run.
  std::size_t program_in(std::span<const ShellWord> words) const {
    static constexpr std::string_view kPrinters[] = {"echo", "printf", "grep", "git", "which", "man", "alias", "pip"};
    if (is_one_of(command_name(words.front()), programs_)) return 0;
    if (is_one_of(command_name(words.front()), kPrinters)) return words.size();
    for (std::size_t i = 1; i + 1 < std::min(words.size(), kMostListWords); ++i) {
      if (is_one_of(command_name(words[i]), programs_) && is_one_of(words[i + 1].text, kGroups)) return i;
    }
    return words.size();
  }

  // CMD="hf jobs run ..."
  void of_assignment(const Piece& piece, const ShellAssignment& assignment) {
    const std::string_view value = assignment.value();
    const std::size_t blank = value.find(' ');
    if (blank != std::string_view::npos && is_one_of(value.substr(0, blank), programs_))
      of_nested(piece, value, assignment.word.span);
  }

  // bash -c "hf jobs run ...": one level, which is what people write.
  void of_nested(const Piece& piece, std::string_view script, ByteSpan place) {
    MappedText text;
    text.append_spelled(script, place);
    of_text(piece, text);
  }

  void of_text(const Piece& piece, const MappedText& text) {
    const ShellScript script = read_shell(text.text, piece.shell);
    for (const ShellCommand& command : script.commands) {
      if (command.kind != ShellCommandKind::simple) continue;
      const std::span<const ShellWord> words = effective_words(script, command).words;
      if (!words.empty() && is_one_of(command_name(words.front()), programs_)) visit_({piece, script, words, &text.map});
    }
  }

  void lists_of(const Piece& piece) {
    const CodeTree& tree = file_.code(piece);
    for (std::uint32_t token = 1; token + 1 < tree.tokens.size(); ++token) {
      const CodeToken& found = tree.tokens[token];
      if (found.kind == TokenKind::string && tree.has_fields(token)) of_template(piece, tree, token);
      if (found.kind != TokenKind::string || !is_one_of(tree.spelled(found.value()), programs_)) continue;
      if (!tree.is(token + 1, ",")) continue;
      ListCommand list(tree);
      list.read(token);
      if (list.is_cut) file_.leaves_out("a list with more arguments than are read");
      if (list.script.words.size() > 1) visit_({piece, list.script, list.script.words, nullptr});
    }
  }

  // f"hf jobs run ... {token}": fields become variables of the shell, by what they are.
  void of_template(const Piece& piece, const CodeTree& tree, std::uint32_t token) {
    const CodeToken& string = tree.tokens[token];
    constexpr std::size_t kLongestProgram = 32;  // strings nest: looking through each of them is not linear
    const std::string_view start = tree.spelled(string.value()).substr(0, kLongestProgram);
    if (!is_one_of(start.substr(0, std::min(start.find(' '), start.size())), programs_)) return;
    MappedText text;
    std::uint64_t at = string.value().begin;
    for (std::uint32_t i = token + 1; i < string.link; ++i) {
      if (tree.tokens[i].kind != TokenKind::field_open || tree.tokens[i].head != token) continue;
      const CodeGroup& field = tree.groups[tree.tokens[i].link];
      const std::uint64_t end = field.close == kNoToken ? tree.tokens[i].end : tree.tokens[field.close].end;
      text.append_copied(tree.spelled({at, tree.tokens[i].begin}), at);
      text.append_spelled(token_expression(tree, field.inside()) ? "$HF_TOKEN" : "$value", {tree.tokens[i].begin, end});
      at = end;
      i = field.close == kNoToken ? i : field.close;
    }
    text.append_copied(tree.spelled({at, string.value().end}), at);
    of_text(piece, text);
  }

  // args: [hf, jobs, run, ...]; of a Cloud Build step without the program, which its name tells.
  void sequences_of(const Piece& piece) {
    for (const YamlNode& mapping : file_.yaml(piece).mappings()) {
      const std::string name = mapping.find("entrypoint") ? mapping.find("entrypoint").text() : mapping.find("name").text();
      for (const std::string_view key : {"args", "command", "cmd"}) {
        if (const YamlNode list = mapping.find(key); list.is_sequence())
          sequence(piece, list, name.substr(name.rfind('/') + 1));
      }
    }
  }

  void sequence(const Piece& piece, const YamlNode& list, const std::string& program) {
    ShellScript script;
    const auto add = [&script](std::string text, ByteSpan place) {
      ShellWord word;
      word.span = place;
      word.first_part = static_cast<std::uint32_t>(script.parts.size());
      if (const std::size_t dollar = text.find('$'); dollar != std::string::npos) {
        ShellPart part;
        part.kind = ShellPartKind::variable;
        part.text = {dollar, text.size()};
        part.name = holds_token_value(text) ? "HF_TOKEN" : "value";
        script.parts.push_back(part);
        word.part_count = 1;
      }
      script.texts.emplace_back().text = std::move(text);
      script.words.push_back(word);
    };
    if (is_one_of(program, programs_)) add(program, list.span());
    for (const YamlNode& item : list.items()) {
      if (script.words.size() == kMostListWords) {
        file_.leaves_out("a list with more arguments than are read");
        break;
      }
      add(item.text(), item.span());
    }
    for (std::size_t i = 0; i < script.words.size(); ++i) script.words[i].text = script.texts[i].text;
    if (script.words.size() > 1 && is_one_of(command_name(script.words.front()), programs_))
      visit_({piece, script, script.words, nullptr});
  }

  FileView& file_;
  Words programs_;
  const std::function<void(const CommandLine&)>& visit_;
};

// Source: huggingface_hub, cli/jobs.py, cli/spaces.py, cli/repos.py, cli/inference_endpoints.py, cli/sandbox.py.
constexpr std::string_view kJobOptions[] = {"--flavor",
                                            "--timeout",
                                            "--namespace",
                                            "--token",
                                            "-l",
                                            "--label",
                                            "--name",
                                            "-v",
                                            "--volume",
                                            "-e",
                                            "--env",
                                            "-s",
                                            "--secrets",
                                            "--env-file",
                                            "--secrets-file",
                                            "--expose",
                                            "--resource-group-id",
                                            "--with",
                                            "-p",
                                            "--python",
                                            "--image",
                                            "--concurrency",
                                            "--secret",
                                            "--labels"};
constexpr std::string_view kOtherOptions[] = {"-e",        "--env",    "--env-file",     "-s",
                                              "--secrets", "--secret", "--secrets-file", "--pool"};

// How many words `jobs [scheduled] [uv] run` are; 0 when it is something else.
std::size_t job_lead(std::span<const ShellWord> words, bool& scheduled) {
  std::size_t at = 1;
  scheduled = at < words.size() && words[at].text == "scheduled";
  if (scheduled) ++at;
  if (at < words.size() && words[at].text == "uv") ++at;
  return at < words.size() && words[at].text == "run" ? at + 1 : 0;
}

// From the group on, `jobs` or another: empty when the command is of none.
std::span<const ShellWord> group_words(const CommandLine& line) {
  std::span<const ShellWord> words = line.words.subspan(1);
  while (!words.empty() && words.front().text.starts_with("-")) words = words.subspan(1);
  return !words.empty() && is_one_of(words.front().text, kGroups) ? words : std::span<const ShellWord>();
}

}  // namespace

std::optional<std::span<const ShellWord>> CommandLine::after(std::initializer_list<std::string_view> lead) const {
  std::size_t at = 1;
  for (const std::string_view word : lead) {
    while (at < words.size() && words[at].text.starts_with("-")) ++at;
    if (at >= words.size() || words[at].text != word) return std::nullopt;
    ++at;
  }
  return words.subspan(at);
}

void for_each_command(const FileCheck& check, Words programs, const std::function<void(const CommandLine&)>& visit) {
  CommandFinder finder(check.file(), programs, visit);
  for (const Piece& piece : check.file().pieces()) finder.find_in(piece);
}

bool HfCommand::has(std::string_view option) const {
  return std::any_of(parsed.options.begin(), parsed.options.end(), [option](const ShellOption& found) {
    return found.name == option || found.name.starts_with(cat(option, "="));
  });
}

// Pieces in which such commands stand: half a dozen rules ask for them, and few files hold any.
struct HfCommandPieces {
  explicit HfCommandPieces(FileView& file) {
    for (const Piece& piece : file.pieces()) {
      bool found = false;
      const auto visit = [&found](const CommandLine& line) { found = found || !group_words(line).empty(); };
      CommandFinder(file, kHfPrograms, visit).find_in(piece);
      if (found) pieces.push_back(&piece);
    }
  }

  std::vector<const Piece*> pieces;
};

void for_each_hf_command(const FileCheck& check, const std::function<void(const HfCommand&)>& visit) {
  const std::function<void(const CommandLine&)> take_apart = [&visit](const CommandLine& line) {
    const std::span<const ShellWord> words = group_words(line);
    if (words.empty()) return;
    HfCommand command{line, words.front().text, false, {}};
    bool scheduled = false;
    const std::size_t lead = command.group == "jobs" ? job_lead(words, scheduled) : 0;
    command.starts_job = lead > 0;
    if (command.starts_job) {
      command.parsed = parse_options(words.subspan(lead), {kJobOptions, scheduled ? std::size_t{2} : std::size_t{1}});
    } else {
      const auto end = std::find_if(words.begin(), words.end(), [](const ShellWord& word) { return word.text == "--"; });
      command.parsed = parse_options(words.first(static_cast<std::size_t>(end - words.begin())), {kOtherOptions});
    }
    visit(command);
  };
  FileView& file = check.file();
  CommandFinder finder(file, kHfPrograms, take_apart);
  const auto& found = file.derived<HfCommandPieces>([&file] { return std::make_shared<HfCommandPieces>(file); });
  for (const Piece* const piece : found.pieces) finder.find_in(*piece);
}

NamedArgument named_value(const ShellOption& option) {
  const std::string_view text = option.value();
  const std::size_t sign = text.find('=');
  if (sign == std::string_view::npos) return {text};
  return {text.substr(0, sign), true, option.value_begin + sign + 1};
}

ByteSpan span_of_option(const CommandLine& line, const ShellOption& option) {
  const ByteSpan last = option.value_word == nullptr ? option.word->span : option.value_word->span;
  return line.in_piece({option.word->span.begin, last.end});
}

bool is_token_part(const ShellPart& part, std::string_view word) {
  const std::string_view text = word.substr(std::min<std::size_t>(static_cast<std::size_t>(part.text.begin), word.size()),
                                            static_cast<std::size_t>(part.text.size()));
  switch (part.kind) {
    case ShellPartKind::variable:
    case ShellPartKind::make_variable: {
      const std::string_view name = part.name.starts_with("env:") ? part.name.substr(4) : part.name;
      return is_token_variable(name);
    }
    case ShellPartKind::command_substitution:
      return holds_token_value(text) || text.find("get_token") != std::string_view::npos;
    case ShellPartKind::github_expression:
      return part.name.find("secrets.") != std::string_view::npos && holds_token_value(text);
    default: return false;
  }
}

bool is_filled_in(const CommandLine& line, const ShellWord& word, std::size_t begin) {
  if (holds_token_literal(word.text.substr(std::min(begin, word.text.size())))) return true;
  return !expansions_in(line.script, word, begin).empty();
}

}  // namespace hfscan
