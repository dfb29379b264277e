// Tested by tests/e2e/hub_check.py.
#include "cli/token_lookup.h"

#include <algorithm>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

#include "base/text.h"
#include "cli/history_watch.h"
#include "cli/session.h"
#include "cli/targets.h"
#include "git/layout.h"
#include "git/object_store.h"
#include "remedy/secret_source.h"
#include "report/json_report.h"

namespace hfscan {
namespace {

constexpr std::size_t kLeastDigits = 8;

bool is_digest_prefix(std::string_view name) {
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return name.size() >= kLeastDigits && name.size() <= 64 && std::all_of(name.begin(), name.end(), is_hex);
}

bool is_called(const Finding& finding, std::string_view name) {
  if (!finding.secret || !finding.secret->id) return false;
  return to_hex(finding.fingerprint).starts_with(name) || to_hex(*finding.secret->id).starts_with(name);
}

// Accepted findings and placeholders count too: somebody asked for this one.
Result<Leaks> leaks_called(Report report, std::string_view name) {
  std::erase_if(report.findings, [name](const Finding& finding) { return !is_called(finding, name); });
  for (Finding& finding : report.findings) {
    finding.disposition = Disposition::active;
    finding.severity = Severity::error;
    finding.look_alike = false;
  }
  std::ostringstream json;
  HFSCAN_TRY(write_json_report(report, {}, json));
  return read_leaks(json.str(), "report");
}

class Lookup {
 public:
  Lookup(const Options& options, std::string name) : options_(options), name_(std::move(name)) {}

  Result<LookedUpToken> run() {
    HFSCAN_TRY_ASSIGN(repository_, find_repository("."));
    HFSCAN_TRY_ASSIGN(std::optional<LeakedSecret> leaked, in_files());
    if (!leaked && repository_) {
      HFSCAN_TRY_ASSIGN(leaked, in_history());
    }
    if (!leaked)
      return Error{cat("no finding of the current folder", repository_ ? " or its history" : "", " begins with ",
                       hfscan::quoted(name_), ": 'hfscan scan -v' and 'hfscan history -v' list them")};
    HFSCAN_TRY_ASSIGN(Secret secret, bytes_of(*leaked));
    return LookedUpToken{std::move(*leaked), std::move(secret)};
  }

 private:
  Result<std::optional<LeakedSecret>> in_files() {
    HFSCAN_TRY_ASSIGN(Targets targets, find_targets({"."}));
    folder_ = targets.root.folder;
    HFSCAN_TRY_ASSIGN(const std::unique_ptr<Session> session, Session::open(options_, targets.root));
    const auto sources = sources_of(std::move(targets), session->settings().include_ignored.value);
    HFSCAN_TRY_ASSIGN(Report report, session->scan(sources, "scan"));
    return only_one(std::move(report));
  }

  Result<std::optional<LeakedSecret>> in_history() {
    HFSCAN_TRY_ASSIGN(const std::unique_ptr<Session> session, Session::open(options_, {repository_->work_tree, "", {}}));
    HistoryWatch watch(options_);
    HFSCAN_TRY_ASSIGN(Report report, session->scan_history(*repository_, {{}, &watch.stop(), &watch.progress()}));
    watch.end();
    return only_one(std::move(report));
  }

  Result<std::optional<LeakedSecret>> only_one(Report report) {
    HFSCAN_TRY_ASSIGN(Leaks leaks, leaks_called(std::move(report), name_));
    if (leaks.secrets.size() > 1) return Error{cat(hfscan::quoted(name_), " is the beginning of several: type more digits")};
    if (leaks.secrets.empty()) return std::optional<LeakedSecret>();
    return std::optional<LeakedSecret>(std::move(leaks.secrets.front()));
  }

  Result<Secret> bytes_of(const LeakedSecret& leaked) {
    SecretPlaces places;
    places.folder = folder_;
    ObjectStore store;
    if (repository_) {
      store = ObjectStore::open(*repository_, {"/"}, 1);
      places.objects = &store;
      places.layout = &*repository_;
    }
    return find_secret(leaked, places);
  }

  const Options& options_;
  std::string name_;
  std::string folder_;
  std::optional<RepositoryLayout> repository_;
};

}  // namespace

Result<LookedUpToken> find_token(const Options& options, const std::string& name) {
  const std::string lower = to_lower_ascii(name);
  if (!is_digest_prefix(lower))
    return Error{
        cat(hfscan::quoted(name),
            " is no beginning of a fingerprint or of a secret's SHA-256: at least 8 hexadecimal digits, as reports show them")};
  return Lookup(options, lower).run();
}

}  // namespace hfscan
