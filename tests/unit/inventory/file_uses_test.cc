// What one file says of the uses of tokens.
#include "inventory/file_uses.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "inventory/file_parts.h"
#include "inventory/recipes.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

// "kind name", "kind name->variable", "kind name (scope)".
std::vector<std::string> uses_in(std::string_view path, std::string_view text) {
  std::vector<std::string> rows;
  for (const FileUse& use : find_file_uses(path, text).uses) {
    EXPECT_LE(use.offset, text.size());
    EXPECT_NE(recipe_for(use.kind), nullptr) << use.kind;
    rows.push_back(cat(use.kind, " ", use.name, use.alias_of.empty() ? "" : "->", use.alias_of,
                       use.scope.empty() ? "" : cat(" (", use.scope, ")")));
  }
  return rows;
}

constexpr const char* kWorkflow = ".github/workflows/a.yml";

TEST(FileUses, WorkflowNamesSecretsWhateverTheyAreCalled) {
  EXPECT_THAT(uses_in(kWorkflow, "jobs:\n  a:\n    steps:\n    - env:\n        HF_TOKEN: ${{ secrets.ABC }}\n      run: x\n"),
              ElementsAre("github-actions-secret ABC->HF_TOKEN"));
  EXPECT_THAT(
      uses_in(kWorkflow, "jobs:\n  a:\n    steps:\n    - uses: x/y@v1\n      with: {token: \"${{ secrets.HF_TOKEN }}\"}\n"),
      ElementsAre("github-actions-secret HF_TOKEN"));
  EXPECT_THAT(uses_in(kWorkflow, "run: git push https://u:${{ secrets.PUSH }}@huggingface.co/u/m\n"),
              ElementsAre("github-actions-secret PUSH"));
  EXPECT_THAT(uses_in(kWorkflow, "env: {HF_TOKEN: \"${{ vars.HF_TOKEN }}\"}\n"),
              ElementsAre("github-actions-variable HF_TOKEN"));
  EXPECT_THAT(uses_in(kWorkflow, "env: {NPM: \"${{ secrets.NPM_TOKEN }}\", HF_HOME: /x}\n"), IsEmpty());
}

TEST(FileUses, WorkflowEnvironmentIsTheScopeOfItsSecrets) {
  const std::string job = "    steps: [{run: x, env: {HF_TOKEN: '${{ secrets.HF_TOKEN }}'}}]\n";
  const std::string text = "jobs:\n  a:\n    environment: prod\n" + job + "  b:\n    environment: {name: dev, url: x}\n" + job +
                           "  c:\n" + job + "  d:\n    environment: ${{ inputs.e }}\n" + job;
  EXPECT_THAT(uses_in(kWorkflow, text),
              ElementsAre("github-actions-secret HF_TOKEN (prod)", "github-actions-secret HF_TOKEN (dev)",
                          "github-actions-secret HF_TOKEN", "github-actions-secret HF_TOKEN"));
  EXPECT_THAT(find_file_uses(kWorkflow, text).environments, ElementsAre("dev", "prod"));
}

TEST(FileUses, TrustedPublisherIsAPlaceWithoutAToken) {
  EXPECT_THAT(uses_in(kWorkflow, "env:\n  HF_OIDC_RESOURCE: me/model\n"), ElementsAre("trusted-publisher HF_OIDC_RESOURCE"));
}

TEST(FileUses, CommentsAndDocumentsUseNothing) {
  EXPECT_THAT(uses_in("a.py", "# set HF_TOKEN first\nx = 1\n"), IsEmpty());
  EXPECT_THAT(uses_in(".env", "# HF_TOKEN=x\n"), IsEmpty());
  EXPECT_THAT(uses_in("README.md", "Run `export HF_TOKEN=...`\n"), IsEmpty());
  EXPECT_THAT(uses_in(".env.example", "HF_TOKEN=\n"), IsEmpty());
}

TEST(FileUses, CodeCountsVariablesAndNotItsOwnNames) {
  EXPECT_THAT(uses_in("a.py", "hf_token = os.environ['HF_API_TOKEN']\nmax = HF_TOKEN_PATH\n"),
              ElementsAre("code HF_API_TOKEN"));
  EXPECT_THAT(uses_in("a.ts", "const t = process.env.HUGGINGFACEHUB_API_TOKEN\n"),
              ElementsAre("code HUGGINGFACEHUB_API_TOKEN"));
}

TEST(FileUses, CallsAndCommandsSayWhereTheTokenGoes) {
  EXPECT_THAT(uses_in("a.py", "api.add_space_secret('me/app', 'HF_TOKEN', t)\n"),
              ElementsAre("hf-space-secret HF_TOKEN (me/app)"));
  EXPECT_THAT(uses_in("a.py", "create_inference_endpoint('e', secrets={'HF_TOKEN': t})\n"),
              ElementsAre("inference-endpoint HF_TOKEN"));
  EXPECT_THAT(uses_in("a.sh", "hf jobs scheduled run @daily --secrets HF_TOKEN img cmd\n"),
              ElementsAre("hf-scheduled-job HF_TOKEN"));
  EXPECT_THAT(uses_in("a.sh", "hf spaces secrets add me/app -s HF_TOKEN\n"), ElementsAre("hf-space-secret HF_TOKEN (me/app)"));
  EXPECT_THAT(uses_in("a.sh", "gh secret set HF_TOKEN < f\n"), ElementsAre("github-actions-secret HF_TOKEN"));
  EXPECT_THAT(uses_in("a.py", "m = HuggingFaceModel(env={'HF_TOKEN': t})\n"),
              ElementsAre("code HF_TOKEN"));  // of another library
  EXPECT_THAT(uses_in("a.py", "import sagemaker\nm = HuggingFaceModel(env={'HF_TOKEN': t})\n"),
              ElementsAre("sagemaker HF_TOKEN"));
}

TEST(FileUses, PipelinesOfOtherSystems) {
  EXPECT_THAT(uses_in("ci/x.gitlab-ci.yml", "a:\n  script: test $HF_TOKEN\n"), ElementsAre("gitlab-variable HF_TOKEN"));
  EXPECT_THAT(uses_in(".gitlab-ci.yml", "variables:\n  HF_TOKEN: ${HUB_SECRET:-}\n"),
              ElementsAre("gitlab-variable HUB_SECRET->HF_TOKEN"));
  EXPECT_THAT(uses_in("Jenkinsfile", "withCredentials([string(credentialsId: 'hf', variable: 'HF_TOKEN')]) {}\n"),
              ElementsAre("ci-variable HF_TOKEN"));
}

TEST(FileUses, ConfigurationThatNamesAVariableOnlyReadsIt) {
  EXPECT_THAT(uses_in("config/a.yml", "hub:\n  token: ${HF_TOKEN}\n"), ElementsAre("code HF_TOKEN"));
  EXPECT_THAT(uses_in("config/a.yml", "hf_token: abc\n"), ElementsAre("config-file hf_token"));
  EXPECT_THAT(uses_in("config/a.toml", "HF_TOKEN = \"abc\"\n"), ElementsAre("config-file HF_TOKEN"));
}

TEST(FileUses, KubernetesKnowsSecretKeyAndNamespace) {
  const std::string text =
      "apiVersion: v1\nkind: Secret\nmetadata: {name: hf, namespace: ml}\nstringData: {hf-token: x, other: y}\n---\n"
      "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - env:\n    - name: TOKEN\n      valueFrom: "
      "{secretKeyRef: "
      "{name: creds, key: hf_token}}\n    - name: DB\n      valueFrom: {secretKeyRef: {name: db, key: password}}\n";
  const FileUses found = find_file_uses("k8s/a.yaml", text);
  ASSERT_EQ(found.uses.size(), 2U);
  EXPECT_EQ(found.uses[0].name, "hf");
  EXPECT_EQ(found.uses[0].key, "hf-token");
  EXPECT_EQ(found.uses[0].scope, "ml");
  EXPECT_EQ(found.uses[1].name, "creds");
  EXPECT_EQ(found.uses[1].alias_of, "TOKEN");
  EXPECT_EQ(found.uses[1].scope, "");
}

TEST(FileUses, DockerfileMountsAndVariables) {
  EXPECT_THAT(
      uses_in("Dockerfile", "FROM a\nENV HF_TOKEN=x\nRUN --mount=type=secret,id=hf-token,env=HF_TOKEN hf download a/b\n"),
      ElementsAre("dockerfile HF_TOKEN", "dockerfile HF_TOKEN"));
  EXPECT_THAT(uses_in("Dockerfile", "FROM a\nRUN --mount=type=secret,id=npm x\n"), IsEmpty());
}

TEST(FileUses, RemoteUrlsLoseWhatStandsBeforeTheHost) {
  const std::string text =
      "[remote \"origin\"]\n\turl = https://user:pass@huggingface.co/a/b\n[remote \"gh\"]\n\turl = https://github.com/o/r.git\n"
      "[remote \"evil\"]\n\turl = https://a:b@huggingface.co.evil.example/x\n[remote \"clean\"]\n\turl = https://hf.co/x\n";
  const FileUses found = find_file_uses(".git/config", text);
  ASSERT_EQ(found.uses.size(), 1U);
  EXPECT_EQ(found.uses[0].scope, "https://huggingface.co/a/b");
  EXPECT_EQ(found.uses[0].key, "remote.origin.url");
  EXPECT_EQ(found.github, "github.com/o/r");
}

TEST(FileUses, GitHubRepositoryComesFromTheRemoteAndIsAPlainName) {
  const auto github = [](std::string_view url) {
    return find_file_uses(".git/config", cat("[remote \"origin\"]\n\turl = ", url, "\n")).github;
  };
  EXPECT_EQ(github("git@github.com:me/a.b.git"), "github.com/me/a.b");
  EXPECT_EQ(github("ssh://git@github.com/me/x"), "github.com/me/x");
  EXPECT_EQ(github("https://u:p@github.com/me/x/"), "github.com/me/x");
  for (const char* url : {"https://notgithub.com/a/b", "https://github.com.evil.example/a/b", "git@github.com:--flag/x",
                          "git@github.com:a/b/c", "https://gitlab.com/a/b"})
    EXPECT_EQ(github(url), "") << url;
}

TEST(FileUses, SpaceIsKnownByItsMetadata) {
  EXPECT_EQ(find_file_uses("README.md", "---\ntitle: x\nsdk: docker\n---\n").space_offset, 13U);
  EXPECT_EQ(find_file_uses("README.md", "---\nlicense: mit\n---\nsdk: gradio\n").space_offset, std::nullopt);
  EXPECT_EQ(find_file_uses("docs/x.md", "---\nsdk: gradio\n---\n").space_offset, std::nullopt);
}

TEST(FileUses, VariableOfAWholeTextOnly) {
  EXPECT_EQ(variable_in("$HF_TOKEN"), "HF_TOKEN");
  EXPECT_EQ(variable_in("${HF_TOKEN:-none}"), "HF_TOKEN");
  for (const char* text : {"", "$", "x$HF_TOKEN", "$HF_TOKEN/x", "${HF_TOKEN", "${", "${}x"})
    EXPECT_EQ(variable_in(text), "") << text;
}

// Whatever stands in a file, the search ends, and its offsets lie in the text.
TEST(FileUses, AnyBytesAreSurvivedUnderAnyName) {
  test::RandomText random(7);
  const std::vector<std::string> bits = {"HF_TOKEN",
                                         "${{ secrets.",
                                         " }}",
                                         "\n",
                                         "  ",
                                         "- ",
                                         ": ",
                                         "{",
                                         "}",
                                         "[",
                                         "]",
                                         "\"",
                                         "'",
                                         "$(",
                                         "secretKeyRef",
                                         "name",
                                         "kind: Secret",
                                         "apiVersion:",
                                         "---\n",
                                         "&a",
                                         "*a",
                                         "<<",
                                         "\0",
                                         "\xff",
                                         "hf jobs run ",
                                         "run_job(",
                                         "url = https://",
                                         "@huggingface.co/",
                                         "[remote \"x\"]",
                                         "jobs:",
                                         "steps"};
  for (const char* path : {kWorkflow, ".gitlab-ci.yml", "k8s.yaml", "Dockerfile", "main.tf", "a.py", "a.sh", "a.ipynb", ".env",
                           ".git/config", "README.md", "docker-compose.yml", "Jenkinsfile", "x.json"}) {
    for (int round = 0; round < 60; ++round) {
      std::string text;
      for (int i = 0; i < 60; ++i) text += bits[random.below(bits.size())];
      for (const FileUse& use : find_file_uses(path, text).uses) EXPECT_LE(use.offset, text.size());
    }
  }
}

TEST(FileUses, MoreUsesThanAnybodyReadsAreCutAndSaid) {
  std::string text;
  for (std::size_t i = 0; i < kMostUsesOfFile + 500; ++i) text += "f(HF_TOKEN)\n";
  const FileUses found = find_file_uses("a.py", text);
  EXPECT_EQ(found.uses.size(), kMostUsesOfFile);
  EXPECT_THAT(found.left_out, testing::Contains(testing::HasSubstr("more than 10,000 uses")));
}

TEST(FileUses, CutIsSaidWhateverIsMergedAfterwards) {
  std::string text;
  for (std::size_t i = 0; i < kMostUsesOfFile; ++i) text += "x = var.hf_token\ny = var.HF_TOKEN\n";
  EXPECT_THAT(find_file_uses("a.tf", text).left_out, testing::Contains(testing::HasSubstr("more than 10,000 uses")));
}

TEST(FileUses, LongLinesTakeLinearTime) {
  std::string text = "x = [";
  for (int i = 0; i < 100'000; ++i) text += "'HF_TOKEN',";
  EXPECT_EQ(find_file_uses("a.js", text).uses.size(), kMostUsesOfFile);
}

TEST(KindOfLiteral, SaysWhatTheFileIsFor) {
  EXPECT_EQ(kind_of_literal("a/.env.local"), "dotenv");
  EXPECT_EQ(kind_of_literal(".netrc"), "netrc");
  EXPECT_EQ(kind_of_literal("secrets/huggingface.token"), "token-file");
  EXPECT_EQ(kind_of_literal(".git-credentials"), "git-credential-store");
  EXPECT_EQ(kind_of_literal("stored_tokens"), "stored-tokens");
  EXPECT_EQ(kind_of_literal("infra/terraform.tfstate"), "literal");
  EXPECT_EQ(kind_of_literal("src/a.py"), "literal");
}

}  // namespace
}  // namespace hfscan
