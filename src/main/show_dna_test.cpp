#include "main/show_dna.h"

#include "message/first_connection.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace comity::main {
namespace {

template <class Body> casework::ContentView content(std::string type, Body const& body)
{
    return { "id", std::move(type), "in", "RO", {}, {}, json::write(body).as_object() };
}

message::DnaMatch hit(int number)
{
    return { fmt::format("match-{}", number), "BG-S-100", fmt::format("RO-P-{}", number), 12, 12,
        "1", {},
        message::DnaEvidence {
            "0.01", { { "us-caucasian", "12.41" } }, 1000, "2.1e-09", "2.1e-09", false } };
}

std::string shown(casework::ContentView const& it)
{
    return dna_lines(std::span { &it, 1 });
}

} // namespace

TEST(ShowDna, a_hit_stands_with_its_weight_and_what_chance_gives)
{
    auto const text = shown(content("dna-result",
        message::DnaResult {
            "2026-0417", message::Outcome::hit, { hit(900) }, { "SE33" }, false, "PRUEM-2008 1" }));
    EXPECT_NE(text.find("Comparison: hit under PRUEM-2008 1"), std::string::npos) << text;
    EXPECT_NE(text.find("BG-S-100 and RO-P-900: quality 1, 12 of 12 loci, 10^12.41 (us-caucasian); "
                        "2.1e-09 expected by chance among 1000 profiles  [match-900]"),
        std::string::npos)
        << text;
    EXPECT_NE(text.find("further loci asked: SE33"), std::string::npos) << text;
}

TEST(ShowDna, no_hit_says_whether_it_is_kept)
{
    auto const text = shown(content("dna-result",
        message::DnaResult { "2026-0417", message::Outcome::no_hit, {}, {}, true, {},
            parse_date("2027-04-17").value() }));
    EXPECT_NE(text.find("Comparison: no-hit\n"), std::string::npos) << text;
    EXPECT_NE(text.find("kept for later searches until 2027-04-17"), std::string::npos) << text;
}

TEST(ShowDna, candidates_of_a_family_stand_with_the_strangers_among_them)
{
    message::DnaResult result { "2026-0417", message::Outcome::hit, {}, {}, true, {}, {}, true };
    result.candidates.emplace().push_back({ "match-1", "RO-B-1",
        message::ProfileKind::unidentified_body, 24, { { "us-asian", "5.20" } } });
    result.kin_evidence = message::KinEvidence { "0.01", "3", 19, "0.99", "0.012" };
    auto const text = shown(content("dna-result", result));
    EXPECT_NE(text.find("found later"), std::string::npos) << text;
    EXPECT_NE(text.find("RO-B-1 (unidentified-body): 24 loci, 10^5.20 (us-asian)  [match-1]"),
        std::string::npos)
        << text;
    EXPECT_NE(text.find("19 bodies and missing persons; the missing one is listed with 0.99, 0.012 "
                        "strangers expected"),
        std::string::npos)
        << text;
}

TEST(ShowDna, a_long_list_is_cut_and_says_how_much_is_left)
{
    message::DnaResult result { "2026-0417", message::Outcome::hit, {}, {}, false };
    for (std::size_t i = 0; i < hits_shown_max; ++i)
        result.matches.push_back(hit(static_cast<int>(i)));
    EXPECT_EQ(shown(content("dna-result", result)).find("more"), std::string::npos);
    result.matches.push_back(hit(99));
    EXPECT_NE(shown(content("dna-result", result)).find("and 1 more"), std::string::npos);
}

TEST(ShowDna, experts_portions_and_samples_are_told_and_nothing_else)
{
    EXPECT_EQ(shown(content("dna-confirmation",
                  message::DnaConfirmation { "match-1", true,
                      { { "EXPERT-1 TEST", "Laboratory TEST" }, { "EXPERT-2 TEST", "x" } }, "m" })),
        "  Experts on match-1: confirmed by EXPERT-1 TEST, EXPERT-2 TEST\n");
    auto const portion = shown(
        content("dna-run-result", message::DnaRunResult { "2026-0417", 3, 1, 1, { hit(7) }, 1 }));
    EXPECT_EQ(portion.find("  Portion 3: 1 hits\n"), 0U) << portion;
    message::DnaSamplingAnswer answer { "2026-0950", message::SamplingStep::typed };
    answer.profile
        = message::Profile { "RO-P-950", message::ProfileKind::person, { { "D3S1358", "15" } } };
    answer.costs = message::Money { 34'000, "EUR" };
    auto const sample = shown(content("dna-sampling-answer", answer));
    EXPECT_NE(sample.find("profile RO-P-950, 1 loci"), std::string::npos) << sample;
    EXPECT_NE(sample.find("34000 of the smallest unit of EUR"), std::string::npos) << sample;
    EXPECT_EQ(sample.find("15"), std::string::npos) << "no allele";
    EXPECT_EQ(shown({ "id", "request", "in", "RO", {}, {}, {} }), "");
    EXPECT_EQ(shown({ "id", "dna-result", "in", "RO", {}, {}, {} }), "");
}

} // namespace comity::main
