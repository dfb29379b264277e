// Tested by tests/unit/inventory/host_uses_test.cc.
#include "inventory/host_uses.h"

#include <algorithm>

#include "base/text.h"
#include "host/token_finder.h"
#include "inventory/file_places.h"
#include "inventory/file_uses.h"

namespace hfscan {
namespace {

std::string_view kind_of(const HostPlace& place) {
  switch (place.kind) {
    case HostPlaceKind::token_file: return file_name(place.shown) == "stored_tokens" ? "stored-tokens" : "token-file";
    case HostPlaceKind::secret_file: return kind_of_literal(place.shown) == "dotenv" ? "dotenv" : "token-file";
    case HostPlaceKind::history: return "shell-history";
    case HostPlaceKind::git_credentials: return "git-credential-store";
    case HostPlaceKind::git_config: return "git-remote-url";
    case HostPlaceKind::netrc: return "netrc";
    case HostPlaceKind::start_up_file: return "shell-startup";
    case HostPlaceKind::script: return "script";
    case HostPlaceKind::process: return "process-arguments";
  }
  return "literal";
}

UsePlace new_place(std::string_view kind, bool asked) {
  UsePlace place;
  place.where = Where::host;
  place.kind = kind;
  place.holds = asked ? HoldsLeaked::no : HoldsLeaked::unknown;
  return place;
}

}  // namespace

std::vector<UsePlace> find_host_uses(const HostRequest& request) {
  const TokenFinder finder(request.rules);
  const PlaceMaker maker{request.leaked, request.policy};
  const bool asked = !request.leaked.empty();
  std::vector<UsePlace> places;
  for (const HostPlace& file : request.host.places) {
    UsePlace place = new_place(kind_of(file), asked);
    place.path = file.shown;
    LineCounter lines(file.content);
    std::set<std::uint64_t> seen;
    for (const FoundToken& token : finder.find(file.content, file.shown)) {
      if (!token.secret.id || token.harmless) continue;
      seen.insert(lines.line_of(token.span.begin));
      maker.add_token(place, *token.secret.id);
    }
    if (seen.empty()) continue;
    place.line = *seen.begin();
    place.more_lines = seen.size() - 1;
    places.push_back(maker.finish(std::move(place)));
  }
  for (const auto& [name, id] : request.environment) {
    UsePlace place = new_place("process-environment", asked);
    place.name = name;
    maker.add_token(place, id);
    places.push_back(maker.finish(std::move(place)));
  }
  std::sort(places.begin(), places.end(), place_order);
  return places;
}

}  // namespace hfscan
