#include "message/operation.h"
#include "message/shape.h"
#include "treaty/fact/exchange.h"
#include "treaty/fact/final.h"
#include "treaty/fact/operations.h"
#include "treaty/fact/teams.h"
#include "treaty/words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

/// The room message knows no law: it repeats the treaty's words, and they are held together here.
namespace comity {
namespace {

std::vector<std::string> listed(std::string_view of_struct, std::string_view member)
{
    auto const* line = message::meaning(of_struct, member);
    MUST(line != nullptr);
    std::istringstream words { std::string { line->rule.words } };
    std::vector<std::string> out;
    for (std::string one; words >> one;) out.push_back(one);
    return out;
}

/// The treaty's words without those that stand for no ground at all.
template <class Enum> std::vector<std::string> but(std::initializer_list<std::string_view> left_out)
{
    auto out = json::words<Enum>();
    std::erase_if(out, [&](auto const& word) { return std::ranges::count(left_out, word) > 0; });
    return out;
}

template <class Mine, class Treaty> void all_in_treaty()
{
    auto const& words = json::words<Treaty>();
    for (auto const& word : json::words<Mine>())
        EXPECT_TRUE(std::ranges::count(words, word)) << word;
}

} // namespace

TEST(MessageWords, of_a_request_are_the_treatys)
{
    EXPECT_EQ(listed("Request", "kind"), json::words<treaty::Kind>());
    EXPECT_EQ(listed("Answer", "kind"), json::words<treaty::Kind>());
    EXPECT_EQ(listed("Refusal", "kind"), json::words<treaty::Kind>());
    EXPECT_EQ(listed("Request", "purpose"), json::words<treaty::Purpose>());
    EXPECT_EQ(listed("Request", "needGround"), json::words<treaty::NeedGround>());
    EXPECT_EQ(listed("Request", "medium"), json::words<treaty::Medium>());
    EXPECT_EQ(listed("Request", "directGround"), but<treaty::DirectGround>({ "none" }));
    EXPECT_EQ(json::words<message::VehicleClass>(), json::words<treaty::VehicleClass>());
    EXPECT_EQ(listed("SearchMeasure", "searchedFor"), json::words<treaty::SearchedFor>());
}

TEST(MessageWords, of_a_refusal_are_the_treatys_and_one_for_a_rule_that_forbids)
{
    auto words = json::words<treaty::RefusalGround>();
    words.emplace_back("convention");
    EXPECT_EQ(listed("Refusal", "ground"), words);
}

TEST(MessageWords, of_notices_and_protection_are_the_treatys)
{
    EXPECT_EQ(listed("SituationReport", "occasion"), json::words<treaty::ReportOccasion>());
    EXPECT_EQ(listed("LiaisonPosting", "tasks"), json::words<treaty::LiaisonTask>());
    EXPECT_EQ(
        listed("TreatyNotice", "suspensionGround"), but<treaty::SuspensionGround>({ "other" }));
    auto const withheld = listed("ConsentAnswer", "withholdingGround");
    for (auto const& word : json::words<treaty::ConsentRefusal>())
        EXPECT_TRUE(std::ranges::count(withheld, word)) << word;
    EXPECT_EQ(message::meaning("DnaRequest", "ground")->name, "DnaRequest.ground");
    EXPECT_EQ(listed("DnaRequest", "ground"), but<treaty::IdentificationGround>({ "other" }));
}

TEST(MessageWords, of_operations_are_the_treatys)
{
    all_in_treaty<message::OperationKind, treaty::Measure>();
    EXPECT_EQ(json::words<message::Consignment>(), json::words<treaty::Consignment>());
    EXPECT_EQ(listed("PursuitNotice", "ground"), but<treaty::PursuitGround>({ "none" }));
    EXPECT_EQ(listed("PursuitNotice", "escapedFrom"), but<treaty::EscapedFrom>({ "other" }));
    EXPECT_EQ(listed("PursuitNotice", "borderKind"), but<treaty::BorderKind>({ "air" }));
    EXPECT_EQ(listed("UndercoverRequest", "role"), json::words<treaty::UndercoverRole>());
    EXPECT_EQ(json::words<message::TeamGround>(), but<treaty::TeamGround>({ "none" }));
    EXPECT_EQ(listed("PatrolPlan", "patrolPurpose"), but<treaty::PatrolPurpose>({ "other" }));
}

} // namespace comity
