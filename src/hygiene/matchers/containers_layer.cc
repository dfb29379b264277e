// Tokens that a RUN step leaves in its layer: it logs in, writes the token to a file, or gives it to git, and does not remove
// it again. Tested by tests/unit/hygiene/matchers/containers_test.cc.
#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/containers.h"
#include "hygiene/matchers/containers_names.h"
#include "hygiene/token_names.h"
#include "syntax/shell_words.h"

namespace hfscan {
namespace {

using Words = std::span<const ShellWord>;

// A name under which a secret is mounted: HF_TOKEN, hf-token, hf, huggingface, token.
bool is_secret_id(std::string_view id) {
  static const Regex named(R"((?i)(?:^|[._-])(?:hf|hugging_?face|token)(?:[._-]|$)|hftoken|hf_?token|hugging)");
  return is_dashed_token_name(id) || (named.search(id) && id.find("okeniz") == std::string_view::npos);
}

// Paths that a text names and under which the token lies during the step.
bool names_secret_path(std::string_view text) {
  static const Regex mounted(R"(/run/secrets/(?P<secret>[A-Za-z0-9_.-]+))");
  const std::vector<Regex::Hit> hits = mounted.find_all(text);
  return std::any_of(hits.begin(), hits.end(), [text](const Regex::Hit& hit) {
    return is_secret_id(text.substr(hit.secret.begin, hit.secret.end - hit.secret.begin));
  });
}

// What a RUN step knows of the token, and what of its file system is no part of the layer.
struct Step {
  std::vector<std::string> variables;
  std::vector<std::string> paths;
  std::vector<std::string> passing;  // mounts of caches and tmpfs

  [[nodiscard]] bool holds_path(std::string_view text) const {
    if (names_secret_path(text)) return true;
    return std::any_of(paths.begin(), paths.end(),
                       [text](const std::string& path) { return text.find(path) != std::string_view::npos; });
  }
  [[nodiscard]] bool is_variable(std::string_view name) const {
    return is_token_name(name) || std::find(variables.begin(), variables.end(), name) != variables.end();
  }
  [[nodiscard]] bool is_passing(std::string_view path) const {
    if (path.starts_with("/dev/")) return true;
    return std::any_of(passing.begin(), passing.end(), [path](const std::string& mount) {
      return path.starts_with(mount) ||
             (path.starts_with("~/") && mount.find("/root/") == 0 && path.substr(2).starts_with(mount.substr(6)));
    });
  }
};

Step step_of(const DockerInstruction& instruction) {
  constexpr std::size_t kMostMounts = 32;
  Step step;
  for (const DockerFlag& flag : instruction.flags) {
    if (flag.name != "mount" || step.paths.size() + step.passing.size() >= kMostMounts) continue;
    const std::string_view type = docker_option(flag.value, "type");
    std::string_view target = docker_option(flag.value, "target");
    if (target.empty()) target = docker_option(flag.value, "dst");
    if (target.empty()) target = docker_option(flag.value, "destination");
    if (type == "cache" || type == "tmpfs") step.passing.emplace_back(target);
    if (type != "secret" || !(is_secret_id(docker_option(flag.value, "id")) || is_secret_id(target))) continue;
    if (!target.empty()) step.paths.emplace_back(target);
    if (const std::string_view env = docker_option(flag.value, "env"); !env.empty()) step.variables.emplace_back(env);
  }
  std::erase_if(step.passing, [](const std::string& path) { return path.empty(); });
  return step;
}

// Decides one RUN step.
class LayerScan {
 public:
  LayerScan(const ShellScript& script, std::string_view text, Step step)
      : script_(script), text_(text), step_(std::move(step)) {}

  std::optional<ByteSpan> find() {
    for (std::uint32_t i = 0; i < script_.commands.size(); ++i) {
      learn(script_.commands[i]);
      if (script_.commands[i].kind != ShellCommandKind::simple) continue;
      const std::optional<std::string> left = leaves_token(i);
      if (left && !is_removed(i, *left)) return script_.commands[i].span;
    }
    return std::nullopt;
  }

 private:
  // token=$(cat /run/secrets/hf): a further variable that holds it.
  void learn(const ShellCommand& command) {
    constexpr std::size_t kMostVariables = 32;
    for (const ShellAssignment& assignment : script_.assignments_of(command)) {
      if (step_.variables.size() < kMostVariables && carries(assignment.word, Reads::substitutions))
        step_.variables.emplace_back(assignment.name);
    }
    const Words words = script_.words_of(command);
    if (words.empty() || (words[0].text != "export" && words[0].text != "declare" && words[0].text != "local")) return;
    for (const ShellWord& word : words.subspan(1)) {
      const std::size_t sign = word.text.find('=');
      if (sign != std::string_view::npos && step_.variables.size() < kMostVariables && carries(word, Reads::substitutions))
        step_.variables.emplace_back(word.text.substr(0, sign));
    }
  }

  enum class Reads { substitutions, files };  // whether a path alone stands for what the file holds

  [[nodiscard]] bool carries(const ShellPart& part, std::string_view in) const {
    const std::string_view spelled =
        in.substr(static_cast<std::size_t>(part.text.begin), static_cast<std::size_t>(part.text.size()));
    if (part.kind == ShellPartKind::variable)
      return step_.is_variable(part.name) && !part.operation.starts_with("#") && !part.operation.starts_with(":+");
    if (part.kind == ShellPartKind::command_substitution)
      return step_.holds_path(spelled) || mentions_token_name(spelled) ||
             spelled.find("hf auth token") != std::string_view::npos;
    return false;
  }

  [[nodiscard]] bool carries(const ShellWord& word, Reads reads) const {
    if (holds_token_literal(word.text)) return true;
    if (reads == Reads::files && step_.holds_path(word.text)) return true;
    const bool of_hub =
        word.text.find("huggingface.co") != std::string_view::npos || word.text.find("hf.co") != std::string_view::npos;
    const std::vector<const ShellPart*> parts = expansions_in(script_, word);
    return std::any_of(parts.begin(), parts.end(), [&](const ShellPart* part) {
      return carries(*part, word.text) ||
             (of_hub && part->kind == ShellPartKind::variable && is_generic_token_name(part->name));
    });
  }

  [[nodiscard]] bool carries(Words words, Reads reads) const {
    return std::any_of(words.begin(), words.end(), [&](const ShellWord& word) { return carries(word, reads); });
  }

  [[nodiscard]] bool carries(const HereDocument& document) const {
    const std::string_view body =
        text_.substr(static_cast<std::size_t>(document.body.begin), static_cast<std::size_t>(document.body.size()));
    if (holds_token_literal(body)) return true;
    const auto parts = script_.parts_of(document);
    return document.expanded &&
           std::any_of(parts.begin(), parts.end(), [&](const ShellPart& part) { return carries(part, body); });
  }

  // Whether what the command prints, or passes on, holds the token.
  [[nodiscard]] bool prints_token(const ShellCommand& command, Words words) const {
    static constexpr std::array<std::string_view, 4> kSaying = {"echo", "printf", "print", "tee"};
    static constexpr std::array<std::string_view, 10> kReading = {"cat",      "sed", "awk",    "head", "tail",
                                                                  "envsubst", "tr",  "base64", "cut",  "jq"};
    const std::string_view name = command_name(words[0]);
    const bool says = is_one_of(name, kSaying);
    if (!says && !is_one_of(name, kReading)) return false;
    if (carries(words.subspan(1), says ? Reads::substitutions : Reads::files)) return true;
    for (const ShellRedirection& redirection : script_.redirections_of(command)) {
      if (redirection.kind == RedirectionKind::here_string && carries(redirection.target, Reads::substitutions)) return true;
      if (redirection.kind == RedirectionKind::input && step_.holds_path(redirection.target.text)) return true;
      if (redirection.here_document != kNoIndex && carries(script_.here_documents[redirection.here_document])) return true;
    }
    return false;
  }

  // The file that output of the command goes to: its own redirection, or that of the groups around it.
  [[nodiscard]] std::optional<std::string> output_file(std::uint32_t index) const {
    constexpr int kDeepest = 8;
    for (int depth = 0; depth < kDeepest && index != kNoIndex; ++depth) {
      const ShellCommand& command = script_.commands[index];
      for (const ShellRedirection& redirection : script_.redirections_of(command)) {
        const bool writes = redirection.kind == RedirectionKind::output || redirection.kind == RedirectionKind::append;
        if (writes && redirection.descriptor != 2 && !(redirection.duplicates && !redirection.both_streams))
          return std::string(redirection.target.text);
      }
      if (command.nesting != ShellNesting::group) break;
      index = command.parent;
    }
    return std::nullopt;
  }

  // Follows what is printed through the pipeline to a file.
  [[nodiscard]] std::optional<std::string> piped_to(std::uint32_t index) const {
    static constexpr std::array<std::string_view, 9> kFilters = {"cat", "sed", "tr",     "awk",  "head",
                                                                 "cut", "tee", "base64", "xargs"};
    constexpr int kLongest = 16;
    for (int stage = 0; stage < kLongest && index != kNoIndex; ++stage) {
      const ShellCommand& command = script_.commands[index];
      const Words words = effective_words(script_, command).words;
      if (words.empty()) return output_file(index);
      const std::string_view name = command_name(words[0]);
      if (stage > 0 && name == "git" && words.size() > 1 && words[1].text.starts_with("credential")) return ".git-credentials";
      if (name == "tee" || name == "sponge" || (name == "install" && stage > 0) || (name == "dd" && stage > 0)) {
        for (const ShellWord& word : words.subspan(1)) {
          if (!word.text.starts_with("-") && &word == &words.back()) return std::string(word.text);
        }
      }
      if (stage > 0 && !is_one_of(name, kFilters)) return std::nullopt;
      if (std::optional<std::string> file = output_file(index)) return file;
      index = command.next_in_pipeline;
    }
    return std::nullopt;
  }

  // Where the command leaves the token; nothing when it does not.
  [[nodiscard]] std::optional<std::string> leaves_token(std::uint32_t index) const {
    const ShellCommand& command = script_.commands[index];
    const Words words = effective_words(script_, command).words;
    if (words.empty()) return std::nullopt;
    std::optional<std::string> left = logs_in(command, words);
    if (!left) left = gives_to_git(words);
    if (!left) left = copies(words);
    if (!left && prints_token(command, words)) left = piped_to(index);
    if (left && step_.is_passing(*left)) return std::nullopt;
    return left;
  }

  [[nodiscard]] std::optional<std::string> logs_in(const ShellCommand& command, Words words) const {
    static const Regex command_line(
        R"((?:^|[ /])(?:hf(?:\.exe)?(?: -\S+)* (?:auth )?login|huggingface[-_]cli(?: -\S+)* login|hf auth switch)(?: |$))");
    static const Regex code(
        R"((?s)(?:\b(?:save_token|set_access_token|_save_token)\s*\(|hugging.*\blogin\s*\(|\blogin\s*\(.*(?:token|hf_|HF_|secrets)|\.write(?:_text)?\s*\([^)\n]*(?:(?i:token)|/run/secrets)))");
    static constexpr std::array<std::string_view, 4> kSaying = {"echo", "printf", "grep", "print"};
    std::string line;
    for (const ShellWord& word : words.first(std::min<std::size_t>(words.size(), 10)))
      line += cat(line.empty() ? "" : " ", word.text.substr(0, 200));
    const std::string_view name = command_name(words[0]);
    if (is_one_of(name, kSaying) || line.find("--help") != std::string::npos) return std::nullopt;
    if (command_line.search(line)) return "~/.cache/huggingface/token";
    const bool python = name.starts_with("python") || name == "uv" || name == "uvx" || name == "ipython" || name == "poetry";
    if (!python) return std::nullopt;
    for (const ShellWord& word : words.subspan(1)) {
      if (code.search(word.text)) return "~/.cache/huggingface/token";
    }
    for (const ShellRedirection& redirection : script_.redirections_of(command)) {
      if (redirection.here_document == kNoIndex) continue;
      const ByteSpan body = script_.here_documents[redirection.here_document].body;
      if (code.search(text_.substr(static_cast<std::size_t>(body.begin), static_cast<std::size_t>(body.size()))))
        return "~/.cache/huggingface/token";
    }
    return std::nullopt;
  }

  // git keeps the URL of a clone or remote, and what it is configured with.
  [[nodiscard]] std::optional<std::string> gives_to_git(Words words) const {
    static constexpr std::array<std::string_view, 6> kKeeping = {"clone", "remote", "config", "submodule", "credential", "lfs"};
    if (command_name(words[0]) != "git" || !carries(words.subspan(1), Reads::substitutions)) return std::nullopt;
    for (std::size_t i = 1; i < words.size(); ++i) {
      const std::string_view word = words[i].text;
      if (word == "-c" || word == "-C") {
        ++i;
      } else if (!word.starts_with("-")) {
        if (!is_one_of(word, kKeeping)) return std::nullopt;
        return carries(words.subspan(i), Reads::substitutions) ? std::optional<std::string>(".git/config") : std::nullopt;
      }
    }
    return std::nullopt;
  }

  // cp /run/secrets/hf_token FILE; sed -i s/X/$HF_TOKEN/ FILE
  [[nodiscard]] std::optional<std::string> copies(Words words) const {
    static constexpr std::array<std::string_view, 5> kCopying = {"cp", "mv", "install", "rsync", "dd"};
    const std::string_view name = command_name(words[0]);
    if (words.size() < 3) return std::nullopt;
    const Words sources = words.subspan(1, words.size() - 2);
    const auto in_place = [](const ShellWord& word) {
      return word.text.starts_with("-i") || word.text.starts_with("--in-place");
    };
    if (name == "sed" && std::any_of(sources.begin(), sources.end(), in_place) && carries(sources, Reads::substitutions))
      return std::string(words.back().text);
    if (!is_one_of(name, kCopying)) return std::nullopt;
    const auto is_secret = [this](const ShellWord& word) { return step_.holds_path(word.text); };
    return std::any_of(sources.begin(), sources.end(), is_secret) ? std::optional(std::string(words.back().text))
                                                                  : std::nullopt;
  }

  // Whether a later command of the step takes it away again.
  [[nodiscard]] bool is_removed(std::uint32_t index, std::string_view file) const {
    constexpr std::uint32_t kMostCommands = 500;
    const bool login = file.find("huggingface") != std::string_view::npos;
    const auto end = static_cast<std::uint32_t>(std::min<std::size_t>(script_.commands.size(), index + kMostCommands));
    for (std::uint32_t i = index + 1; i < end; ++i) {
      const Words words = effective_words(script_, script_.commands[i]).words;
      if (words.size() < 2) continue;
      const std::string_view name = command_name(words[0]);
      if (login && (name == "hf" || name == "huggingface-cli") && words.back().text.find("log") == 0 &&
          words.back().text == "logout")
        return true;
      if (removes(name, words, file)) return true;
      if (file == ".git/config" && name == "git" && cleans_remote(words)) return true;
    }
    return false;
  }

  [[nodiscard]] static bool removes(std::string_view name, Words words, std::string_view file) {
    static constexpr std::array<std::string_view, 5> kRemoving = {"rm", "shred", "unlink", "srm", "find"};
    if (!is_one_of(name, kRemoving)) return false;
    const std::string_view base = file.substr(file.rfind('/') + 1);
    return std::any_of(words.begin() + 1, words.end(), [&](const ShellWord& word) {
      std::string_view path = word.text;
      while (path.size() > 1 && (path.ends_with('/') || path.ends_with('*'))) path.remove_suffix(1);
      if (path.starts_with("-") || path.size() < 2) return false;
      if (file == ".git/config") return path.find(".git") != std::string_view::npos || path.find('/') == std::string_view::npos;
      return path.ends_with(base) || file.starts_with(path) || path.ends_with("huggingface") ||
             (path.ends_with(".cache") && file.find(".cache/") != std::string_view::npos);
    });
  }

  [[nodiscard]] bool cleans_remote(Words words) const {
    static const Regex cleaning(R"(\A(?:remote (?:set-url|remove|rm)|config (?:\S+ )*(?:--unset|--remove-section)) )");
    std::string line;
    for (const ShellWord& word : words.subspan(1, std::min<std::size_t>(words.size() - 1, 6))) {
      if (word.text != "-C") line += cat(word.text, " ");
    }
    return cleaning.search(line) && !carries(words, Reads::files);
  }

  const ShellScript& script_;
  std::string_view text_;
  Step step_;
};

// Scripts given to `sh -c`, as texts of their own.
std::vector<MappedText> inner_scripts(const FileCheck& check, const ShellScript& script) {
  constexpr std::size_t kMost = 32;
  std::vector<MappedText> scripts;
  for (const ShellCommand& command : script.commands) {
    const ShellWord* inner = script_argument(effective_words(script, command).words);
    if (inner == nullptr) continue;
    if (scripts.size() == kMost) {
      check.leaves_out("more scripts within one instruction than are read");
      break;
    }
    scripts.push_back(inner->mapped_text());
  }
  return scripts;
}

void scan_text(const FileCheck& check, const Piece& piece, const DockerInstruction& instruction, const MappedText& text) {
  const ShellScript script = read_shell(text.text);
  const Step step = step_of(instruction);
  if (const std::optional<ByteSpan> found = LayerScan(script, text.text, step).find()) {
    check.hit(piece, text.map.to_parent(*found));
    return;
  }
  for (const MappedText& inner : inner_scripts(check, script)) {
    const ShellScript nested = read_shell(inner.text);
    const std::optional<ByteSpan> found = LayerScan(nested, inner.text, step).find();
    if (!found) continue;
    check.hit(piece, text.map.to_parent(inner.map.to_parent(*found)));
    return;
  }
}

// ["sh", "-c", "script"], or a command by its words.
void scan_exec(const FileCheck& check, const Piece& piece, const DockerInstruction& instruction) {
  MappedText line;
  for (const MappedText& word : instruction.exec) {
    const ByteSpan place = word.map.to_parent({0, word.text.size()});
    if (word.text == "-c" && &word != &instruction.exec.back()) {
      scan_text(check, piece, instruction, *(&word + 1));
      return;
    }
    line.append_spelled(cat(line.text.empty() ? "" : " ", word.text), place);
  }
  scan_text(check, piece, instruction, line);
}

}  // namespace

void docker_layer(const FileCheck& check) {
  for_each_docker_instruction(check, [&](const Piece& piece, const DockerInstruction& instruction) {
    if (instruction.keyword != "RUN") return;
    if (instruction.form == DockerForm::exec)
      scan_exec(check, piece, instruction);
    else
      scan_text(check, piece, instruction, shell_text_of(instruction, piece.text));
  });
}

}  // namespace hfscan
