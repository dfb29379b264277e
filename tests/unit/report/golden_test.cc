// Every format of every sample against tests/golden/report; HFSCAN_UPDATE_GOLDEN=1 rewrites the files.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/json.h"
#include "report/reporter.h"
#include "support/process.h"
#include "support/temp_folder.h"
#include "unit/report/sample_reports.h"

namespace hfscan {
namespace {

namespace fs = std::filesystem;

constexpr int kSkipped = 77;  // exit code of a check whose tool is not installed

fs::path golden_folder() { return fs::path(HFSCAN_SOURCE_DIR) / "tests/golden/report"; }
std::string validator() { return std::string(HFSCAN_SOURCE_DIR) + "/tests/report/validate_json.py"; }

std::string read_all(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream content;
  content << in.rdbuf();
  return content.str();
}

std::string render(const ReportFormat& format, const test::Sample& sample) {
  std::ostringstream out;
  EXPECT_TRUE(format.write(sample.report, sample.options, out).ok());
  return out.str();
}

void expect_golden(const std::string& name, const std::string& actual) {
  const fs::path path = golden_folder() / name;
  if (std::getenv("HFSCAN_UPDATE_GOLDEN") != nullptr) {  // NOLINT(concurrency-mt-unsafe)
    std::ofstream(path, std::ios::binary) << actual;
    return;
  }
  ASSERT_TRUE(fs::exists(path)) << path << " is missing; HFSCAN_UPDATE_GOLDEN=1 writes it";
  EXPECT_EQ(read_all(path), actual) << name;
}

std::vector<std::string> golden_json() {
  std::vector<std::string> paths;
  for (const auto& entry : fs::directory_iterator(golden_folder())) {
    const std::string extension = entry.path().extension();
    if (extension == ".json" || extension == ".jsonl") paths.push_back(entry.path());
  }
  return paths;
}

test::ProcessResult validate(const std::vector<std::string>& paths) {
  std::vector<std::string> argv = {"python3", validator()};
  argv.insert(argv.end(), paths.begin(), paths.end());
  return test::run_process(argv);
}

// Each of these is one change that the schema has to refuse; without them JsonMeetsItsSchema could not fail.
void expect_refused(const std::string& name, const std::vector<std::pair<std::string, Json>>& changes) {
  const Result<Json> good = parse_json(read_all(golden_folder() / name), name);
  ASSERT_TRUE(good.ok());
  const test::TempFolder folder;
  for (const auto& [pointer, value] : changes) {
    Json bad = good.value();
    bad[Json::json_pointer(pointer)] = value;
    folder.write("bad.json", dump_pretty(bad));
    const test::ProcessResult result = validate({folder.path("bad.json")});
    if (result.exit_code == kSkipped) GTEST_SKIP() << result.err;
    EXPECT_EQ(result.exit_code, 1) << pointer << result.out << result.err;
  }
}

TEST(GoldenReport, EveryFormatOfEverySample) {
  for (const test::Sample& sample : test::samples()) {
    for (const ReportFormat& format : report_formats()) {
      expect_golden(sample.name + std::string(format.extensions.front()), render(format, sample));
    }
  }
}

TEST(GoldenReport, NoFileIsLeftOver) {
  std::size_t expected = test::samples().size() * report_formats().size();
  const auto files = std::distance(fs::directory_iterator(golden_folder()), fs::directory_iterator());
  EXPECT_EQ(static_cast<std::size_t>(files), expected);
}

TEST(GoldenReport, JsonMeetsItsSchema) {
  const test::ProcessResult result = validate(golden_json());
  if (result.exit_code == kSkipped) GTEST_SKIP() << result.err;
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
}

TEST(GoldenReport, SchemaRefusesDocumentsThatAreWrong) {
  const std::vector<std::pair<std::string, Json>> changes = {
      {"/schema", "hfscan-report/2"},
      {"/exit_code", "1"},
      {"/tool/host", "example"},
      {"/findings/0/severity", "fatal"},
      {"/findings/0/secret/value", "in the clear"},
      {"/findings/0/fingerprint", "short"},
      {"/findings/0/location/start/line", 0},
      {"/findings/0/author", "somebody"},
  };
  expect_refused("findings.json", changes);
}

TEST(GoldenReport, SchemaRefusesStoriesThatAreWrong) {
  expect_refused("history.json", {{"/findings/0/story/in_head", "yes"},
                                  {"/findings/0/story/email", "somebody"},
                                  {"/findings/0/story/other_refs", 0},
                                  {"/findings/1/story/first/date", "yesterday"},
                                  {"/findings/1/story/first/mail", "somebody"},
                                  {"/findings/0/occurrences/0/other_refs", "many"}});
}
TEST(GoldenReport, SchemaRefusesLinesWithoutEnd) {
  const std::string lines = read_all(golden_folder() / "findings.jsonl");
  const test::TempFolder folder;
  folder.write("cut.jsonl", lines.substr(0, lines.rfind('\n', lines.size() - 2) + 1));
  const test::ProcessResult result = validate({folder.path("cut.jsonl")});
  if (result.exit_code == kSkipped) GTEST_SKIP() << result.err;
  EXPECT_EQ(result.exit_code, 1);
}

}  // namespace
}  // namespace hfscan
