#include "report/reporter.h"

#include "base/text.h"
#include "report/json_report.h"
#include "report/sarif.h"
#include "report/text_report.h"

namespace hfscan {

std::span<const ReportFormat> report_formats() {
  static const std::vector<ReportFormat> formats = {
      {"text", {".txt"}, write_text_report, false},
      {"json", {".json"}, write_json_report, false},
      {"jsonl", {".jsonl", ".ndjson"}, write_jsonl_report, false},
      {"sarif", {".sarif", ".sarif.json"}, write_sarif_report, true},
  };
  return formats;
}

const ReportFormat* report_format_by_name(std::string_view name) {
  for (const ReportFormat& format : report_formats()) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

const ReportFormat* report_format_by_path(std::string_view path) {
  const std::string lower = to_lower_ascii(path);
  const ReportFormat* best = nullptr;
  std::size_t best_length = 0;
  for (const ReportFormat& format : report_formats()) {
    for (const std::string_view extension : format.extensions) {
      if (extension.size() <= best_length || !lower.ends_with(extension)) continue;
      best = &format;
      best_length = extension.size();
    }
  }
  return best;
}

}  // namespace hfscan
