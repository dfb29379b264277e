#include "cli/remediate/rewrite_jobs.h"

#include <memory>

#include "base/text.h"
#include "cli/remediate/leak_scans.h"
#include "cli/session.h"
#include "detect/detector.h"
#include "remedy/survey.h"

namespace hfscan {
namespace {

// Finds credentials in the bytes of one file as a scan does, with nobody's settings.
class DressReader {
 public:
  static std::shared_ptr<DressReader> open(const Options& given) {
    auto reader = std::make_shared<DressReader>();
    reader->options_ = given;
    reader->options_.command = Command::scan;
    reader->options_.discovery = ConfigDiscovery::off;
    reader->options_.config_flags.push_back({"rules.select", "--rules", "HF1"});
    Result<std::unique_ptr<Session>> session = Session::open(reader->options_, {});
    if (!session.ok()) return nullptr;
    reader->session_ = std::move(*session);
    reader->detector_.emplace(reader->session_->active_rules(), DetectorOptions{});
    return reader;
  }

  std::vector<DressedSpan> read(std::string_view bytes, std::string_view path) {
    Item item;
    item.path = std::string(path);
    std::vector<DressedSpan> spans;
    for (const Finding& finding : detector_->scan_bytes(bytes, item, scratch_).findings) {
      if (finding.secret && finding.secret->id) spans.push_back({finding.location.span, *finding.secret->id});
    }
    return spans;
  }

 private:
  Options options_;
  std::unique_ptr<Session> session_;
  std::optional<Detector> detector_;
  Detector::Scratch scratch_;
};

Result<RepositoryLayout> layout_of(const std::string& git_dir) {
  HFSCAN_TRY_ASSIGN(std::optional<RepositoryLayout> layout, find_repository(git_dir));
  if (!layout) return Error{cat("no repository at ", hfscan::quoted(git_dir))};
  return std::move(*layout);
}

Result<Leaks> rescan(const Options& options, const std::string& git_dir) {
  HFSCAN_TRY_ASSIGN(const RepositoryLayout layout, layout_of(git_dir));
  return LeakScans(options).of_history(layout, Accepted::counted);
}

}  // namespace

RewriteJob rewrite_job(const IncidentWork& work) {
  const Incident& incident = work.incident();
  RewriteJob job;
  job.folder = work.rewrite_folder();
  job.source = incident.is_pushed() ? incident.remote_url : incident.git_dir;
  job.repository = work.repository();
  job.secrets = incident.secrets;
  job.find_dressed = [reader = DressReader::open(work.options())](std::string_view bytes, std::string_view path) {
    return reader == nullptr ? std::vector<DressedSpan>{} : reader->read(bytes, path);
  };
  job.rescan = [&options = work.options()](const std::string& git_dir) { return rescan(options, git_dir); };
  job.now = current_time();
  return job;
}

Result<Leaks> leaks_of_mirror(const IncidentWork& work, const std::string& git_dir) {
  HFSCAN_TRY_ASSIGN(const RepositoryLayout layout, layout_of(git_dir));
  return LeakScans(work.options()).of_mirror(layout, work.incident().repository);
}

Status note_cost(IncidentWork& work, const Survey& survey) {
  const SurveyCounts& counts = survey.counts;
  return work.note("cost", {{"commits", counts.commits},
                            {"rewritten", counts.tainted},
                            {"refs", counts.branches + counts.tags + counts.other_refs},
                            {"signatures", counts.signed_tainted + counts.signed_tags},
                            {"pull_requests", counts.pull_requests}});
}

}  // namespace hfscan
