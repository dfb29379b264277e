// HF2016 on the command line. Tested by tests/unit/hygiene/matchers/platforms_test.cc.
#include <algorithm>

#include "base/text.h"
#include "hygiene/matchers/jobs_commands.h"
#include "hygiene/matchers/platforms.h"
#include "hygiene/token_names.h"

namespace hfscan {
namespace {

// What the value of an option looks like.
enum class Values {
  one,      // --env NAME or --env NAME=value
  list,     // --set-env-vars A=1,B=2; also "^@^A=1@B=2"
  several,  // --env-vars A=1 B=2: up to the next option
};

struct PlatformOption {
  std::string_view program;
  std::string_view option;
  Values values;
  bool needs_value = false;  // a bare name is no leak, or means something else
};

// Source: the references of sky, gcloud run, az containerapp, az container, runpodctl, flyctl, aws lambda and sbatch.
constexpr PlatformOption kOptions[] = {
    {"sky", "--env", Values::one},
    {"gcloud", "--set-env-vars", Values::list, true},
    {"gcloud", "--update-env-vars", Values::list, true},
    {"gcloud", "--container-env-vars", Values::list, true},
    {"gcloud", "--env-vars", Values::list, true},
    {"gcloud", "--container-env", Values::list, true},
    {"az", "--environment-variables", Values::several, true},
    {"az", "--env-vars", Values::several, true},
    {"az", "--set-env-vars", Values::several, true},
    {"az", "--replace-env-vars", Values::several, true},
    {"runpodctl", "--env", Values::one, true},
    {"fly", "--env", Values::one, true},
    {"fly", "-e", Values::one, true},
    {"flyctl", "--env", Values::one, true},
    {"flyctl", "-e", Values::one, true},
    {"ray", "--runtime-env-json", Values::list},
    {"aws", "--environment", Values::list},
    {"aws", "--hyper-parameters", Values::list},
    {"aws", "--container-definitions", Values::list},
};
constexpr std::string_view kPrograms[] = {"sky", "gcloud", "az", "runpodctl", "fly", "flyctl", "ray", "aws"};

// Names of a Secret Manager's entry and the like instead of a value.
bool is_secret_reference(std::string_view value) {
  return value.starts_with("secretref:") || value.starts_with("\"secretref:") ||
         value.find("@Microsoft.KeyVault") != std::string_view::npos || value.find("valueFrom") != std::string_view::npos ||
         value.find("RUNPOD_SECRET") != std::string_view::npos;
}

// One name of a list and what follows it.
bool is_token_item(std::string_view list, std::size_t begin, std::size_t end, bool needs_value) {
  if (!is_token_name(list.substr(begin, end - begin))) return false;
  if (begin > 0 && std::string_view(",{\"'@ ;:|#^[").find(list[begin - 1]) == std::string_view::npos) {
    // Variables={HF_TOKEN=x} and [name=HF_TOKEN,value=x], but not the value in A=HF_TOKEN
    if (!list.substr(0, begin).ends_with("name=")) return false;
    return list.substr(end).starts_with(",value");
  }
  if (list.substr(0, begin).ends_with(R"("name":")") || list.substr(0, begin).ends_with(R"("name": ")")) return true;
  const std::size_t sign = std::min(list.find_first_not_of("\"'\\ ", end), list.size());
  if (sign == list.size()) return !needs_value && begin == 0;
  return (list[sign] == '=' || list[sign] == ':') && !is_secret_reference(list.substr(sign + 1));
}

// Whether one of the names in the list is that of a token: A=1,HF_TOKEN=x, {"HF_TOKEN": "x"}, Variables={HF_TOKEN=x}.
bool names_token(std::string_view list, bool needs_value) {
  for (std::size_t begin = 0; begin < list.size();) {
    std::size_t end = begin;
    while (end < list.size() && is_name_byte(list[end])) ++end;
    if (end > begin && is_token_item(list, begin, end, needs_value)) return true;
    begin = std::max(end, begin + 1);
  }
  return false;
}

class PlatformCommand {
 public:
  PlatformCommand(const CommandLine& line, CodeReport& report) : line_(line), words_(line.words), report_(report) {}

  void run() {
    const std::string_view program = command_name(words_.front());
    for (const PlatformOption& option : kOptions) {
      if (option.program != program) continue;
      for (std::size_t i = 1; i < words_.size(); ++i) look_at(option, i);
    }
  }

 private:
  void look_at(const PlatformOption& option, std::size_t index) {
    const std::string_view text = words_[index].text;
    if (!text.starts_with(option.option)) return;
    if (text.size() > option.option.size()) {
      if (text[option.option.size()] == '=' && names_token(text.substr(option.option.size() + 1), option.needs_value))
        report(index, index);
      if (option.values != Values::several || text[option.option.size()] != '=') return;
    }
    const std::size_t most = option.values == Values::several ? words_.size() : std::min(index + 2, words_.size());
    for (std::size_t i = index + 1; i < most && !words_[i].text.starts_with("-"); ++i) {
      if (names_token(words_[i].text, option.needs_value)) report(option.values == Values::several ? i : index, i);
    }
  }

  void report(std::size_t first, std::size_t last) {
    report_.hit(line_.piece, line_.in_piece({words_[first].span.begin, words_[last].span.end}));
  }

  const CommandLine& line_;
  std::span<const ShellWord> words_;
  CodeReport& report_;
};

}  // namespace

void find_in_platform_commands(const FileCheck& check, CodeReport& report) {
  for_each_command(check, kPrograms, [&report](const CommandLine& line) { PlatformCommand(line, report).run(); });
}

}  // namespace hfscan
