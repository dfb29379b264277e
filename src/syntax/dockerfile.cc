// Tested by tests/unit/syntax/dockerfile_test.cc.
#include "syntax/dockerfile.h"

#include <algorithm>

#include "base/text.h"
#include "syntax/docker_values.h"

namespace hfscan {
namespace {

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

bool is_here_document_name(char c) { return is_alnum_ascii(c) || c == '_' || c == '.' || c == '-'; }

struct HereDocumentStart {
  std::string_view name;
  bool strip_tabs;
  bool expanded;
};

// The `<<NAME`, `<<-NAME` and `<<"NAME"` outside quotes in a logical line.
std::vector<HereDocumentStart> here_document_starts(std::string_view line) {
  std::vector<HereDocumentStart> starts;
  char quote = '\0';
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (quote != '\0' || c == '"' || c == '\'') {
      quote = quote == '\0' ? c : c == quote ? '\0' : quote;
      continue;
    }
    if (!line.substr(at).starts_with("<<")) continue;
    std::size_t name = at + 2;
    const bool strip_tabs = name < line.size() && line[name] == '-';
    if (strip_tabs) ++name;
    const char mark = name < line.size() && (line[name] == '"' || line[name] == '\'') ? line[name++] : '\0';
    std::size_t end = name;
    while (end < line.size() && is_here_document_name(line[end])) ++end;
    const bool is_name = end > name && !(line[name] >= '0' && line[name] <= '9');
    const bool closed = mark == '\0' || (end < line.size() && line[end] == mark);
    if (is_name && closed) starts.push_back({line.substr(name, end - name), strip_tabs, mark == '\0'});
    at = end > name ? end - 1 : line.find_first_not_of('<', at) - 1;
    if (at >= line.size()) break;
    if (mark != '\0' && closed) ++at;
  }
  return starts;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  DockerFile read() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    directives();
    while (at_ < text_.size() && !file_.gave_up) {
      const std::string_view line = trim(text_.substr(at_, line_end() - at_));
      if (line.empty() || line[0] == '#')
        next_line();
      else
        instruction();
    }
    return std::move(file_);
  }

 private:
  [[nodiscard]] std::size_t line_end() const { return std::min(text_.find('\n', at_), text_.size()); }
  void next_line() { at_ = std::min(line_end() + 1, text_.size()); }

  // `# escape=` counts only among the directives in the first lines.
  void directives() {
    while (at_ < text_.size()) {
      const std::string_view line = trim(text_.substr(at_, line_end() - at_));
      const std::size_t sign = line.find('=');
      if (!line.starts_with('#') || sign == std::string_view::npos) return;
      const std::string name = to_lower_ascii(trim(line.substr(1, sign - 1)));
      if (!is_one_of(name, {"syntax", "escape", "check"})) return;
      if (name == "escape" && trim(line.substr(sign + 1)) == "`") escape_ = '`';
      next_line();
    }
  }

  // One logical line: continuation marks and line ends left out, comment and empty lines between its lines too.
  MappedText logical_line() {
    MappedText line;
    bool continued = true;
    for (bool first = true; continued && at_ < text_.size(); first = false) {
      const std::size_t end = line_end();
      std::size_t content_end = end;
      while (content_end > at_ && is_blank(text_[content_end - 1])) --content_end;
      const std::string_view trimmed = trim(text_.substr(at_, end - at_));
      if (!first && (trimmed.empty() || trimmed[0] == '#')) {
        next_line();
        continue;
      }
      continued = content_end > at_ && text_[content_end - 1] == escape_;
      const std::size_t taken = continued ? content_end - 1 : content_end;
      line.append_copied(text_.substr(at_, taken - at_), at_);
      last_end_ = content_end;
      next_line();
    }
    return line;
  }

  void instruction() {
    if (file_.instructions.size() >= kDockerInstructionLimit) return give_up("more instructions than are read");
    const MappedText line = logical_line();
    if (trim(line.text).empty()) return;
    DockerInstruction& instruction = file_.instructions.emplace_back();
    std::size_t begin = 0;
    std::size_t at = word(line.text, begin);
    instruction.keyword = upper(std::string_view(line.text).substr(begin, at - begin));
    instruction.span = {line.map.to_parent({begin, at}).begin, last_end_};
    if (instruction.keyword == "ONBUILD") {
      instruction.on_build = true;
      at = word(line.text, begin = at);
      instruction.keyword = upper(std::string_view(line.text).substr(begin, at - begin));
    }
    at = flags(line, at, instruction);
    if (instruction.keyword == "HEALTHCHECK") {
      const std::size_t end = word(line.text, begin = at);
      if (upper(std::string_view(line.text).substr(begin, end - begin)) == "CMD") at = end;
    }
    at = std::min(line.text.find_first_not_of(" \t\r", at), line.text.size());
    instruction.arguments.append_copied(line.text.substr(at), at);
    instruction.arguments.map = instruction.arguments.map.through(line.map);
    details(instruction);
  }

  // Moves `begin` to the next word and gives its end.
  static std::size_t word(std::string_view line, std::size_t& begin) {
    begin = std::min(line.find_first_not_of(" \t\r", begin), line.size());
    return std::min(line.find_first_of(" \t\r", begin), line.size());
  }

  std::size_t flags(const MappedText& line, std::size_t at, DockerInstruction& instruction) {
    while (true) {
      std::size_t begin = at;
      const std::size_t end = word(line.text, begin);
      const std::string_view flag = std::string_view(line.text).substr(begin, end - begin);
      if (!flag.starts_with("--") || !count_item()) return at;
      const std::size_t sign = std::min(flag.find('='), flag.size());
      instruction.flags.push_back({std::string(flag.substr(2, std::max<std::size_t>(sign, 2) - 2)),
                                   std::string(flag.substr(std::min(sign + 1, flag.size()))),
                                   line.map.to_parent({begin, end})});
      at = end;
    }
  }

  void details(DockerInstruction& instruction) {
    const std::string& keyword = instruction.keyword;
    if (keyword == "FROM") stage(instruction);
    if (!file_.stages.empty()) instruction.stage = static_cast<std::uint32_t>(file_.stages.size() - 1);
    if (is_one_of(keyword, {"ENV", "ARG", "LABEL"})) {
      const DockerPairForms forms = keyword == "ARG" ? DockerPairForms::pairs : DockerPairForms::pairs_or_old;
      instruction.pairs = docker_pairs(instruction.arguments, forms, escape_, room());
    }
    if (is_one_of(keyword, {"RUN", "CMD", "ENTRYPOINT", "SHELL", "HEALTHCHECK", "COPY", "ADD", "VOLUME"})) {
      if (auto exec = docker_exec(instruction.arguments, room()); exec) {
        instruction.form = DockerForm::exec;
        instruction.exec = std::move(*exec);
      }
    }
    items_ += instruction.pairs.size() + instruction.exec.size();
    if (items_ >= kDockerPairLimit) give_up("more pairs and flags than are read");
    if (instruction.form == DockerForm::shell && is_one_of(keyword, {"RUN", "COPY", "ADD"})) here_documents(instruction);
  }

  void stage(const DockerInstruction& instruction) {
    const std::string_view text = instruction.arguments.text;
    std::size_t begin = 0;
    std::size_t end = word(text, begin);
    DockerStage stage{std::string(text.substr(begin, end - begin)), "",
                      static_cast<std::uint32_t>(file_.instructions.size() - 1)};
    end = word(text, begin = end);
    if (upper(text.substr(begin, end - begin)) == "AS") {
      end = word(text, begin = end);
      stage.name = text.substr(begin, end - begin);
    }
    file_.stages.push_back(std::move(stage));
  }

  void here_documents(DockerInstruction& instruction) {
    for (const HereDocumentStart& start : here_document_starts(instruction.arguments.text)) {
      if (!count_item()) return;
      DockerHereDocument document;
      document.name = start.name;
      document.expanded = start.expanded;
      document.body = {at_, at_};
      bool closed = false;
      while (at_ < text_.size() && !closed) {
        std::string_view line = text_.substr(at_, line_end() - at_);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (start.strip_tabs) line.remove_prefix(std::min(line.find_first_not_of('\t'), line.size()));
        closed = line == start.name;
        last_end_ = line_end();
        next_line();
        if (!closed) document.body.end = at_;
      }
      document.lines = {document.body.begin, at_};
      instruction.span.end = last_end_;
      instruction.here_documents.push_back(std::move(document));
    }
  }

  [[nodiscard]] std::size_t room() const { return kDockerPairLimit - std::min(items_, kDockerPairLimit); }
  bool count_item() {
    if (++items_ < kDockerPairLimit) return true;
    give_up("more pairs and flags than are read");
    return false;
  }
  void give_up(std::string_view reason) {
    if (!file_.gave_up) file_.gave_up = GaveUp{at_, std::string(reason)};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t last_end_ = 0;  // of the last line that was taken
  std::size_t items_ = 0;
  char escape_ = '\\';
  DockerFile file_;
};

}  // namespace

DockerFile read_dockerfile(std::string_view text) { return Reader(text).read(); }

MappedText shell_text_of(const DockerInstruction& instruction, std::string_view text) {
  if (instruction.here_documents.empty()) return instruction.arguments;
  const std::string_view line = trim(instruction.arguments.text);
  const ByteSpan body = instruction.here_documents[0].body;
  const bool alone = line.starts_with("<<") && line.find_first_of(" \t") == std::string_view::npos;
  MappedText script;
  if (!alone) {
    script = instruction.arguments;
    script.append_spelled("\n", {body.begin, body.begin});
  }
  const std::uint64_t end = alone ? body.end : instruction.here_documents.back().lines.end;
  script.append_copied(text.substr(body.begin, end - body.begin), body.begin);
  return script;
}

std::string_view docker_option(std::string_view list, std::string_view name) {
  while (!list.empty()) {
    const std::string_view option = list.substr(0, list.find(','));
    if (option.substr(0, option.find('=')) == name) return option.substr(std::min(name.size() + 1, option.size()));
    list.remove_prefix(std::min(option.size() + 1, list.size()));
  }
  return {};
}

}  // namespace hfscan
