// The inventory as people read it. Tested by tests/unit/inventory/inventory_test.cc.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/text.h"
#include "inventory/inventory.h"
#include "inventory/recipes.h"

namespace hfscan {
namespace {

// Places at which the same is to be done: a secret that three workflows use is replaced once.
struct Task {
  std::vector<const UsePlace*> places;
  std::vector<const RotationIssue*> issues;

  [[nodiscard]] const UsePlace& first() const { return *places.front(); }
  [[nodiscard]] HoldsLeaked holds() const {
    const auto all = [this](HoldsLeaked wanted) {
      return std::all_of(places.begin(), places.end(), [wanted](const UsePlace* place) { return place->holds == wanted; });
    };
    const auto yes = [](const UsePlace* place) { return place->holds == HoldsLeaked::yes; };
    if (std::any_of(places.begin(), places.end(), yes)) return HoldsLeaked::yes;
    return all(HoldsLeaked::no) ? HoldsLeaked::no : HoldsLeaked::unknown;
  }
};

ValueIs value_of(const UsePlace& place) {
  const Recipe* recipe = recipe_for(place.kind);
  return recipe == nullptr ? ValueIs::elsewhere : recipe->value;
}

// It reads a variable, and that is all.
bool only_reads(const UsePlace& place) {
  return value_of(place) == ValueIs::nowhere && place.command.empty() && place.holds != HoldsLeaked::yes;
}

// Another token stands there, or none.
bool is_clean(const UsePlace& place) { return value_of(place) == ValueIs::in_file && place.holds == HoldsLeaked::no; }

bool needs_nothing(const UsePlace& place) { return only_reads(place) || is_clean(place); }

// What is said about it is the same, but for the files that use it and the variables that get it.
std::string task_key(const UsePlace& place) {
  const std::string file = value_of(place) == ValueIs::in_file ? place.path : "";
  return cat(place.kind, "\n", place.name, "\n", place.scope, "\n", place.key, "\n", place.command, "\n", file);
}

std::string title_of(const UsePlace& place) {
  const Recipe* recipe = recipe_for(place.kind);
  std::string text(recipe == nullptr ? place.kind : recipe->title);
  if (!place.name.empty()) text += cat(" ", place.name);
  if (!place.scope.empty() && place.kind != "git-remote-url") text += cat(" (", place.scope, ")");
  return text;
}

std::string aliases_of(const Task& task) {
  std::set<std::string> names;
  std::string text;
  for (const UsePlace* place : task.places) {
    if (!place->alias_of.empty() && names.insert(place->alias_of).second)
      text += cat(text.empty() ? ", used as " : " and ", place->alias_of);
  }
  return text;
}

std::string place_text(const UsePlace& place) {
  if (place.path.empty()) return "";
  std::string text = place.path;
  if (place.line != 0) text += cat(":", std::to_string(place.line));
  if (place.more_lines != 0) text += cat(" and ", count_of(place.more_lines, "further line", "further lines"));
  return text;
}

std::string line(std::string_view label, std::string_view text) {
  constexpr std::size_t kWidth = 8;
  if (text.empty()) return "";
  return cat("   ", label, std::string(kWidth - std::min(kWidth - 1, label.size()), ' '), text, "\n");
}

std::string holds_text(const Task& task) {
  std::string ids;
  for (const UsePlace* place : task.places) {
    for (const std::string& id : place->secret_ids) {
      if (ids.find(id) == std::string::npos) ids += cat(ids.empty() ? "" : ", ", id);
    }
  }
  const std::string held = ids.empty() ? "" : cat("; token ", ids, " stands there");
  switch (task.holds()) {
    case HoldsLeaked::yes: return cat("yes", held);
    case HoldsLeaked::no: return cat("no", held);
    case HoldsLeaked::unknown: return cat("unknown", held);
  }
  return "";
}

std::string task_text(const Task& task, std::size_t number) {
  const UsePlace& place = task.first();
  std::string text = cat(std::to_string(number), ". ", title_of(place), aliases_of(task), "\n");
  for (const UsePlace* used : task.places) text += line("in", place_text(*used));
  text += line("leaked", holds_text(task));
  text += line("set", place.updated_at);
  for (const RotationIssue* issue : task.issues) text += line(to_string(issue->problem), issue->message);
  text += line("note", place.caution);
  text += line("do", place.command);
  return text + line("check", place.check) + "\n";
}

// The most urgent first.
int urgency(const Task& task) {
  switch (task.holds()) {
    case HoldsLeaked::yes: return 0;
    case HoldsLeaked::unknown: return 1;
    case HoldsLeaked::no: return 2;
  }
  return 3;
}

std::vector<Task> tasks_of(const Inventory& inventory, std::span<const RotationIssue> issues, Where where) {
  std::vector<Task> tasks;
  std::map<std::string, std::size_t> known;
  for (std::size_t i = 0; i < inventory.places.size(); ++i) {
    const UsePlace& place = inventory.places[i];
    if (place.where != where || needs_nothing(place)) continue;
    const auto [entry, is_new] = known.try_emplace(task_key(place), tasks.size());
    if (is_new) tasks.emplace_back();
    Task& task = tasks[entry->second];
    task.places.push_back(&place);
    for (const RotationIssue& issue : issues) {
      const auto same = [&issue](const RotationIssue* told) { return told->message == issue.message; };
      if (issue.place == i && std::none_of(task.issues.begin(), task.issues.end(), same)) task.issues.push_back(&issue);
    }
  }
  std::stable_sort(tasks.begin(), tasks.end(), [](const Task& a, const Task& b) { return urgency(a) < urgency(b); });
  return tasks;
}

std::string heading(Where where) {
  switch (where) {
    case Where::repository: return "In this repository";
    case Where::host: return "On this host";
    case Where::remote: return "In stores of services";
  }
  return "";
}

// By what it is, each with a few of its files.
std::string quiet_places(const Inventory& inventory, std::string_view heading, bool (*chosen)(const UsePlace& place)) {
  constexpr std::size_t kShown = 5;
  std::map<std::string, std::vector<const UsePlace*>> by_title;
  for (const UsePlace& place : inventory.places) {
    if (chosen(place)) by_title[title_of(place)].push_back(&place);
  }
  std::string text;
  for (const auto& [title, places] : by_title) {
    text += cat("   ", title, "\n");
    for (std::size_t i = 0; i < std::min(kShown, places.size()); ++i) text += cat("      ", place_text(*places[i]), "\n");
    if (places.size() > kShown)
      text += cat("      and ", count_of(places.size() - kShown, "further file", "further files"), "\n");
  }
  return text.empty() ? "" : cat(heading, "\n", text, "\n");
}

std::string tail(const Inventory& inventory) {
  std::string text;
  for (const std::string& note : inventory.notes) text += cat("note: ", note, "\n");
  for (const Diagnostic& diagnostic : inventory.diagnostics)
    text += cat("incomplete: ", diagnostic.path, ": ", diagnostic.message, "\n");
  return text;
}

}  // namespace

std::string inventory_text(const Inventory& inventory, std::span<const RotationIssue> issues) {
  std::string text;
  std::size_t number = 0;
  for (const Where where : {Where::repository, Where::host, Where::remote}) {
    const std::vector<Task> tasks = tasks_of(inventory, issues, where);
    if (!tasks.empty()) text += cat(heading(where), ": ", count_of(tasks.size(), "place", "places"), " to see to\n\n");
    for (const Task& task : tasks) text += task_text(task, ++number);
  }
  if (number == 0) text = "No place that keeps a token or gets one was found.\n\n";
  text += quiet_places(inventory, "The leaked token does not stand here:", is_clean);
  text += quiet_places(inventory, "Nothing to replace, but it will use the new token:", only_reads);
  return text + tail(inventory);
}

}  // namespace hfscan
