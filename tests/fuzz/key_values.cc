#include "syntax/key_values.h"

#include "check.h"
#include "syntax/netrc.h"
#include "targets.h"

namespace hfscan::fuzz {
namespace {

void check_file(const AssignmentFile& file, std::string_view text) {
  check_gave_up(file.gave_up, text.size());
  require(file.sections.size() + file.assignments.size() <= kAssignmentLimit, "entries are bounded");
  for (const AssignmentSection& section : file.sections) check_span(section.span, text.size());
  std::uint64_t last = 0;
  for (const Assignment& assignment : file.assignments) {
    require(assignment.name_span.begin >= last, "assignments are in order");
    last = assignment.name_span.begin;
    require(slice(text, assignment.name_span) == assignment.name, "a name is where it is said to be");
    check_span(assignment.value_span, text.size());
    check_mapped(assignment.value, text);
    require(assignment.section == UINT32_MAX || assignment.section < file.sections.size(), "a section exists");
  }
}

}  // namespace

void fuzz_dotenv(std::string_view input) { check_file(read_dotenv(input), input); }

void fuzz_ini(std::string_view input) {
  static constexpr IniFlavour kFlavours[] = {IniFlavour::plain, IniFlavour::git, IniFlavour::systemd, IniFlavour::properties};
  const Choice choice = take_choice(input, std::size(kFlavours));
  const AssignmentFile file = read_ini(choice.text, kFlavours[choice.value]);
  check_file(file, choice.text);
  for (const Assignment& assignment : file.assignments) {
    for (const Assignment& inner : systemd_environment(assignment.value)) {
      require(is_piece_of(inner.name, assignment.value.text), "an inner name is a piece of the value");
      check_span(inner.value_span, choice.text.size());
      check_mapped(inner.value, choice.text);
    }
  }
}

void fuzz_netrc(std::string_view input) {
  const NetrcFile file = read_netrc(input);
  check_gave_up(file.gave_up, input.size());
  std::uint64_t last = 0;
  for (const NetrcEntry& entry : file.entries) {
    check_span(entry.span, input.size());
    require(entry.span.begin >= last, "entries are in order");
    last = entry.span.end;
    for (const std::string_view field : {entry.machine, entry.login, entry.password, entry.account})
      require(is_piece_of(field, input), "fields are pieces of the text");
    if (!entry.password.empty()) require(entry.span.contains(entry.password_span), "a password stands in its entry");
  }
}

}  // namespace hfscan::fuzz
