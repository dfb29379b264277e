#include "hygiene/repository/fact_calls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hfscan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> facts_in(std::string_view path, std::string_view text) {
  std::vector<Fact> facts;
  FileOnDemand file(path, text);
  find_fact_calls(file, JobFacts::gather, facts);
  std::vector<std::string> shown;
  for (const Fact& fact : facts) shown.push_back(fact.kind + ":" + std::to_string(fact.line) + ":" + fact.value);
  return shown;
}

TEST(FactCalls, FoldersOfUploadsInPrograms) {
  EXPECT_THAT(facts_in("a.py", "x = 1\napi.upload_folder(\n  repo_id='a',\n  folder_path='web',\n)\n"),
              ElementsAre("uploads-folder:2:.web"));
  EXPECT_THAT(facts_in("a.py", "upload_large_folder('me/d', Path('web'))\n"), ElementsAre("uploads-folder:1:.web"));
  EXPECT_THAT(facts_in("a.py", "OUT = './web'\nupload_folder(folder_path=OUT)\n"), ElementsAre("uploads-folder:2:../web"));
  EXPECT_THAT(facts_in("a.py", "upload_folder(folder_path=os.path.dirname(__file__))\n"), ElementsAre("uploads-folder:1:@"));
  EXPECT_THAT(facts_in("a.py", "ROOT = Path(__file__).resolve().parent.parent\nupload_folder(folder_path=str(ROOT))\n"),
              IsEmpty());
  EXPECT_THAT(facts_in("a.py", "ROOT = Path(__file__).resolve().parent.parent\nupload_folder(folder_path=ROOT)\n"),
              ElementsAre("uploads-folder:2:@../"));
  EXPECT_THAT(facts_in("a.py", "upload_folder(folder_path=args.out)\n"), IsEmpty());
}

TEST(FactCalls, PatternsOfUploads) {
  EXPECT_THAT(facts_in("a.py", "upload_folder(folder_path='.', ignore_patterns=['.env', 'x/'], allow_patterns='*.py')\n"),
              ElementsAre("uploads-folder:1:..\n-.env\n-x/\n+*.py"));
  EXPECT_THAT(facts_in("a.py", "upload_folder(folder_path='.', ignore_patterns=load_ignored())\n"), IsEmpty());
}

TEST(FactCalls, UploadsOnTheCommandLine) {
  EXPECT_THAT(facts_in("a.sh", "hf upload --repo-type space me/x . --exclude '.env*' --exclude=a \\\n --private\n"),
              ElementsAre("uploads-folder:1:..\n-.env*\n-a"));
  EXPECT_THAT(facts_in("a.sh", "echo\nhuggingface-cli upload me/x out/ .\n"), ElementsAre("uploads-folder:2:.out/"));
  EXPECT_THAT(facts_in("a.sh", "hf upload-large-folder me/x data\n"), ElementsAre("uploads-folder:1:.data"));
  EXPECT_THAT(facts_in("a.py", "subprocess.run(['hf', 'upload', 'me/x', 'out'])\n"), ElementsAre("uploads-folder:1:.out"));
  EXPECT_THAT(facts_in("a.sh", "hf download me/x --local-dir .\n"), IsEmpty());
}

TEST(FactCalls, WorkflowThatSyncsTheRepository) {
  EXPECT_THAT(facts_in(".github/workflows/a.yml", "jobs:\n  a:\n    steps:\n      - uses: huggingface/hub-sync@v1\n"),
              ElementsAre("uploads-folder:4:./"));
}

TEST(FactCalls, SettingsFilesThatAreSent) {
  EXPECT_THAT(facts_in("a.sh", "hf jobs run --env-file prod.env img\n"), ElementsAre("hf-jobs-env-file:1:prod.env"));
  EXPECT_THAT(facts_in("a.py", "os.system('hf jobs uv run --env-file=.env x.py')\n"), ElementsAre("hf-jobs-env-file:1:.env"));
  EXPECT_THAT(facts_in("a.sh", "hf spaces variables add me/s --env-file a.env\n"), ElementsAre("hf-spaces-env-file:1:a.env"));
  EXPECT_THAT(facts_in("a.sh", "hf spaces secrets add me/s --env-file a.env\nhf jobs run img x --env-file a.env\n"), IsEmpty());
}

TEST(FactCalls, SettingsFilesThatBecomeConfigMaps) {
  EXPECT_THAT(facts_in("a.sh", "kubectl -n x create configmap c --from-env-file=.env\n"),
              ElementsAre("configmap-env-file:1:.env"));
  EXPECT_THAT(facts_in("a.sh", "kubectl create secret generic c --from-env-file=.env\n"), IsEmpty());
}

TEST(FactCalls, JobsWithoutAToken) {
  EXPECT_THAT(facts_in("a.py", "x = run_uv_job('t.py',\n  flavor='a')\n"), ElementsAre("job-without-token:1:t.py"));
  EXPECT_THAT(facts_in("a.py", "run_uv_job('t.py', secrets={'HF_TOKEN': t})\n"), IsEmpty());
  EXPECT_THAT(facts_in("a.py", "run_uv_job('t.py', secrets=make())\n"), IsEmpty());
  EXPECT_THAT(facts_in("a.py", "S = '''\nds.push_to_hub('me/d')\n'''\nrun_uv_job(S)\n"), ElementsAre("job-without-token:4:"));
  EXPECT_THAT(facts_in("a.json", R"~({"operation": "uv", "args": {"script": "import x\nupload_folder(repo_id='a')"}})~"),
              ElementsAre("job-without-token:1:"));
}

TEST(UploadedFolder, PatternsAreThoseOfFnmatch) {
  UploadedFolder upload;
  EXPECT_TRUE(upload.takes("a/.env"));
  upload.ignored = {".env*", "data/"};
  EXPECT_FALSE(upload.takes(".env.local"));
  EXPECT_FALSE(upload.takes("data/x/.env"));
  EXPECT_TRUE(upload.takes("a/.env"));
  upload.ignored = {"*.env"};
  EXPECT_FALSE(upload.takes("a/.env"));
  upload.allowed = {"*.py"};
  EXPECT_FALSE(upload.takes("b.token"));
  EXPECT_TRUE(upload.takes("a/b.py"));
}

TEST(UploadedFolder, SurvivesAsTheValueOfAFact) {
  UploadedFolder upload;
  upload.folder = "../web";
  upload.beside_file = true;
  upload.ignored = {"a", "b/"};
  upload.allowed = {"*"};
  const UploadedFolder again = UploadedFolder::from_value(upload.to_value());
  EXPECT_EQ(again.folder, upload.folder);
  EXPECT_TRUE(again.beside_file);
  EXPECT_EQ(again.ignored, upload.ignored);
  EXPECT_EQ(again.allowed, upload.allowed);
}

}  // namespace
}  // namespace hfscan
