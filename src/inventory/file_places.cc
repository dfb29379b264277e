// Tested by tests/unit/inventory/repository_uses_test.cc.
#include "inventory/file_places.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/text.h"
#include "inventory/recipes.h"

namespace hfscan {
namespace {

using std::string_view;

using PlaceKey = std::tuple<std::string, std::string, std::string, std::string, std::string>;

PlaceKey key_of(const FileUse& use) { return {use.kind, use.name, use.alias_of, use.scope, use.key}; }

bool keeps_value(string_view kind) {
  const Recipe* recipe = recipe_for(kind);
  return recipe != nullptr && recipe->value == ValueIs::in_file;
}

bool is_named(const RotationPolicy& policy, string_view place) {
  return std::any_of(policy.places.begin(), policy.places.end(), [place](const RotationPlace& p) { return p.match == place; });
}

std::string role_place_of(const UsePlace& place, const RotationPolicy* policy) {
  if (policy != nullptr && place.where == Where::repository) {
    if (const string_view named = policy->place_of_path(place.path); !named.empty()) return std::string(named);
    if (!place.scope.empty() && is_named(*policy, place.scope)) return place.scope;
  }
  if (!is_one_of(place.kind, {"dotenv", "compose", "config-file", "kubernetes-secret"})) return "";
  const string_view by_name = place_named_in(place.name);
  return std::string(by_name.empty() ? place_named_in(place.path) : by_name);
}

std::string shown_id(const Sha256Digest& id) { return to_hex(id).substr(0, kShownDigits); }

// A token that is kept in the file would have been seen, and code that only reads a variable keeps none.
HoldsLeaked before_tokens(string_view kind, bool asked) {
  const Recipe* recipe = recipe_for(kind);
  if (!asked || recipe == nullptr) return HoldsLeaked::unknown;
  const bool only_reads = recipe->value == ValueIs::nowhere && recipe->command.empty();
  return recipe->value == ValueIs::in_file || only_reads ? HoldsLeaked::no : HoldsLeaked::unknown;
}

UsePlace place_of(const FileUse& use, const std::string& path, std::uint64_t line, bool asked) {
  UsePlace place;
  place.kind = use.kind;
  place.name = use.name;
  place.alias_of = use.alias_of;
  place.scope = use.scope;
  place.key = use.key;
  place.path = path;
  place.line = line;
  place.holds = before_tokens(use.kind, asked);
  return place;
}

}  // namespace

std::uint64_t LineCounter::line_of(std::uint64_t offset) {
  const auto end = std::min(static_cast<std::size_t>(offset), text_.size());
  if (end > at_)
    line_ += static_cast<std::uint64_t>(
        std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_), text_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
  at_ = std::max(at_, end);
  return line_;
}

void PlaceMaker::add_token(UsePlace& place, const Sha256Digest& id) const {
  const std::string shown = shown_id(id);
  const auto at = std::lower_bound(place.secret_ids.begin(), place.secret_ids.end(), shown);
  if (at == place.secret_ids.end() || *at != shown) place.secret_ids.insert(at, shown);
  if (leaked.contains(id)) place.holds = HoldsLeaked::yes;
}

std::vector<UsePlace> PlaceMaker::places_of(const FileOfPlaces& file, const FileUses& uses,
                                            const std::vector<FoundToken>& tokens, string_view literal) const {
  std::vector<UsePlace> places;
  std::map<PlaceKey, std::size_t> known;
  std::map<std::uint64_t, std::size_t> keeper;     // line -> the place that keeps its value there
  std::map<std::uint64_t, std::string> name_at;    // line -> the name that stands there
  std::map<std::size_t, std::uint64_t> last_line;  // place -> where it was last seen
  std::vector<const FileUse*> sorted;
  for (const FileUse& use : uses.uses) sorted.push_back(&use);
  std::stable_sort(sorted.begin(), sorted.end(), [](const FileUse* a, const FileUse* b) { return a->offset < b->offset; });
  LineCounter lines(file.text);
  for (const FileUse* use : sorted) {
    const std::uint64_t line = lines.line_of(use->offset);
    const auto [entry, is_new] = known.try_emplace(key_of(*use), places.size());
    if (is_new) places.push_back(place_of(*use, file.path, line, !leaked.empty()));
    if (!is_new && last_line[entry->second] != line) ++places[entry->second].more_lines;
    last_line[entry->second] = line;
    name_at.try_emplace(line, use->name);
    if (keeps_value(use->kind)) keeper.try_emplace(line, entry->second);
  }
  LineCounter token_lines(file.text);
  for (const FoundToken& token : tokens) {
    if (!token.secret.id || token.harmless) continue;
    const std::uint64_t line = token_lines.line_of(token.span.begin);
    const auto [at, is_new] = keeper.try_emplace(line, places.size());
    if (is_new) {
      const auto name = name_at.find(line);
      places.push_back(
          place_of({std::string(literal), name == name_at.end() ? "" : name->second}, file.path, line, !leaked.empty()));
    }
    add_token(places[at->second], *token.secret.id);
  }
  return places;
}

UsePlace PlaceMaker::finish(UsePlace place) const {
  if (place.role_place.empty()) place.role_place = role_place_of(place, policy);
  return settled(std::move(place));
}

}  // namespace hfscan
