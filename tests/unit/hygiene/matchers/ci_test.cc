#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/hygiene/matchers/workflows_support.h"

namespace hfscan::test {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

TEST(InterpolatedByGroovy, EditLeavesTheVariableToTheShell) {
  EXPECT_EQ(mended("HF3015", "Jenkinsfile", "sh \"hf download m --token ${env.HF_TOKEN}\"\n"),
            "sh 'hf download m --token ${HF_TOKEN}'\n");
}

TEST(InterpolatedByGroovy, NoEditWhereGroovyHasToReplaceSomething) {
  const std::vector<RuleHit> hits = hits_of("HF3015", "Jenkinsfile", "sh \"x ${BUILD_ID} ${HF_TOKEN}\"\n");
  ASSERT_THAT(hits, SizeIs(1));
  EXPECT_THAT(hits[0].edits, IsEmpty());
}

TEST(InterpolatedByGroovy, CredentialBoundToAnotherNameIsTheToken) {
  const std::string binding = "withCredentials([string(credentialsId: 'hf-token', variable: 'T')]) {\n";
  EXPECT_THAT(marked("HF3015", "Jenkinsfile", binding + "  sh \"x ${T}\"\n}\n"), SizeIs(1));
  EXPECT_THAT(marked("HF3015", "Jenkinsfile", binding + "  sh 'x ${T}'\n}\n"), IsEmpty());
}

}  // namespace
}  // namespace hfscan::test
