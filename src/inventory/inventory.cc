// Tested by tests/unit/inventory/inventory_test.cc.
#include "inventory/inventory.h"

#include <algorithm>

#include "base/text.h"
#include "inventory/host_uses.h"
#include "inventory/recipes.h"
#include "inventory/remote_uses.h"
#include "inventory/repository_uses.h"

namespace hfscan {
namespace {

void append_places(std::vector<UsePlace>& all, std::vector<UsePlace> more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

Diagnostic safe(const Diagnostic& diagnostic) { return {safe_text(diagnostic.path), safe_text(diagnostic.message)}; }

// The date of a secret in its store is also that of the places that name it.
void share_dates(std::vector<UsePlace>& places) {
  for (UsePlace& place : places) {
    if (place.where != Where::repository) continue;
    for (const UsePlace& stored : places) {
      const bool same = stored.where == Where::remote && stored.kind == place.kind && stored.name == place.name;
      if (same && stored.scope == place.scope) place.updated_at = stored.updated_at;
    }
  }
}

RemoteUses ask_stores(const RepositoryUses& tree, const NetRequest& net) {
  RemoteRequest request;
  request.github = tree.github;
  request.environments = tree.environments;
  request.spaces = tree.spaces;
  request.organisation = net.organisation;
  for (const UsePlace& place : tree.places) {
    if (is_one_of(place.kind, {"github-actions-secret", "hf-space-secret"})) request.names.insert(place.name);
  }
  return find_remote_uses(request);
}

// Names of secrets by the variables that get them.
Json aliases_of(const Inventory& inventory) {
  std::map<std::string, std::set<std::string>> aliases;
  for (const UsePlace& place : inventory.places) {
    if (!place.alias_of.empty()) aliases[place.name].insert(place.alias_of);
  }
  Json json = Json::object();
  for (const auto& [name, variables] : aliases) json[name] = variables;
  return json;
}

void set_unless_empty(Json& json, const char* name, const std::string& text) {
  if (!text.empty()) json[name] = text;
}

Json place_json(const UsePlace& place) {
  const Recipe* recipe = recipe_for(place.kind);
  Json json = {
      {"where", to_string(place.where)}, {"kind", place.kind}, {"title", recipe == nullptr ? place.kind : recipe->title}};
  set_unless_empty(json, "name", place.name);
  set_unless_empty(json, "alias_of", place.alias_of);
  set_unless_empty(json, "scope", place.scope);
  set_unless_empty(json, "key", place.key);
  set_unless_empty(json, "path", place.path);
  if (place.line != 0) json["line"] = place.line;
  if (place.more_lines != 0) json["more_lines"] = place.more_lines;
  json["holds_leaked"] = to_string(place.holds);
  if (!place.secret_ids.empty()) json["secret_ids"] = place.secret_ids;
  set_unless_empty(json, "updated_at", place.updated_at);
  json["place"] = place.role_place;
  set_unless_empty(json, "command", place.command);
  set_unless_empty(json, "check", place.check);
  set_unless_empty(json, "caution", place.caution);
  return json;
}

Json issue_json(const RotationIssue& issue) {
  Json json = {{"entry", issue.place}, {"problem", to_string(issue.problem)}, {"message", issue.message}};
  if (issue.most_days != 0) {
    json["age_days"] = issue.age_days;
    json["most_days"] = issue.most_days;
  }
  return json;
}

}  // namespace

Result<Inventory> take_inventory(const InventoryRequest& request) {
  RepositoryUses tree;
  if (!request.root.empty()) {
    HFSCAN_TRY_ASSIGN(tree,
                      find_repository_uses({request.root, request.rules, request.leaked, request.findings, request.policy}));
  }
  Inventory inventory;
  for (const Diagnostic& diagnostic : tree.diagnostics) inventory.diagnostics.push_back(safe(diagnostic));
  if (request.host != nullptr) {
    append_places(inventory.places,
                  find_host_uses({*request.host, request.rules, request.leaked, request.policy, request.environment}));
    for (const Diagnostic& diagnostic : request.host->diagnostics) inventory.diagnostics.push_back(safe(diagnostic));
  }
  if (request.net) {
    RemoteUses remote = ask_stores(tree, *request.net);
    append_places(inventory.places, std::move(remote.places));
    for (const Diagnostic& diagnostic : remote.diagnostics) inventory.diagnostics.push_back(safe(diagnostic));
  }
  append_places(inventory.places, std::move(tree.places));
  share_dates(inventory.places);
  std::sort(inventory.places.begin(), inventory.places.end(), place_order);
  for (const std::string& name : tree.environments) inventory.environments.insert(safe_text(name));
  for (const std::string& name : tree.spaces) inventory.spaces.insert(safe_text(name));
  inventory.notes = std::move(tree.notes);
  return inventory;
}

Json inventory_json(const Inventory& inventory, std::span<const RotationIssue> issues) {
  Json json = {{"schema", "hfscan-inventory/1"}, {"complete", inventory.complete()}};
  json["places"] = Json::array();
  for (const UsePlace& place : inventory.places) json["places"].push_back(place_json(place));
  json["aliases"] = aliases_of(inventory);
  json["environments"] = inventory.environments;
  json["spaces"] = inventory.spaces;
  json["rotation"] = Json::array();
  for (const RotationIssue& issue : issues) json["rotation"].push_back(issue_json(issue));
  json["diagnostics"] = Json::array();
  for (const Diagnostic& diagnostic : inventory.diagnostics)
    json["diagnostics"].push_back({{"path", diagnostic.path}, {"message", diagnostic.message}});
  json["notes"] = inventory.notes;
  return json;
}

}  // namespace hfscan
