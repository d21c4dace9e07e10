#include "treaty/print.h"

#include "treaty/test_law.h"

#include <gtest/gtest.h>

namespace comity::treaty {
namespace {

using test::day;
using test::law;
using test::party;

bool contains(std::string const& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

std::string level(std::string_view from, std::string_view marking, std::string_view to)
{
    auto text = print_level(law(), party(from), marking, party(to), day("2026-01-01"));
    return text.ok() ? text.take() : text.error().what;
}

} // namespace

TEST(Print, explains_a_marking_by_its_level)
{
    EXPECT_EQ(level("RO", "STRICT SECRET", "MD"),
        "RO 'STRICT SECRET' on 2026-01-01\n"
        "  level 3 of the table of Art. 32 (SECRET), RO: [STRICT SECRET]\n"
        "    source: PCC SEE, annexed table of Art. 32\n"
        "    MD marks it [SECRET/SECRET]\n"
        "    source: PCC SEE, annexed table of Art. 32\n"
        "  beware: in MD the word 'STRICT SECRET' is level 4\n");
    EXPECT_TRUE(contains(level("MK", "TOP SECRET", "ME"), "ME marks it [SECRET]"));
    EXPECT_TRUE(contains(
        level("MK", "TOP SECRET", "ME"), "beware: in ME the word 'TOP SECRET' is level 4"));
    EXPECT_TRUE(contains(level("BG", "СЕКРЕТНО", "RO"), "RO marks it [STRICT SECRET]"));
    EXPECT_FALSE(contains(level("BA", "INTERNO", "ME"), "beware")) << "level 1 in SI too";
}

TEST(Print, says_when_a_marking_is_ambiguous_unknown_or_without_equivalent)
{
    EXPECT_TRUE(contains(level("RS", "SERVICE SECRET", "BA"),
        "ambiguous: 2 levels of RS carry this word; ask the sender which"));
    EXPECT_TRUE(contains(level("BA", "INTERNO", "AL"),
        "AL has no equivalent marking: agree how to protect it before sending (A32(2))"));
    EXPECT_EQ(level("AL", "RESTRICTED", "BA"),
        "AL has no marking 'RESTRICTED' on 2026-01-01; it has [KONFIDENCIAL] [SEKRET] "
        "[TEPËR SEKRET]");
    EXPECT_EQ(level("AL", "", "BA"),
        "AL has no marking '' on 2026-01-01; it has [KONFIDENCIAL] [SEKRET] [TEPËR SEKRET]");
    EXPECT_EQ(level("GR", "SECRET", "BA"), "GR is none of the Parties");
    EXPECT_EQ(level("BA", "INTERNO", "GR"), "GR is none of the Parties");
}

TEST(Print, shows_a_party_on_a_date)
{
    auto const austria = print_party(law(), party("AT"), day("2011-10-09")).take();
    EXPECT_TRUE(contains(austria, "AT Republic of Austria on 2011-10-09: third State"));
    EXPECT_TRUE(contains(austria,
        "deposit 2011-07-11; entry into force computed by A40 2011-10-09, published 2011-10-10; "
        "difference 1 days"));
    EXPECT_FALSE(contains(austria, "RES-AT(1)"));
    auto const later = print_party(law(), party("AT"), day("2011-10-10")).take();
    EXPECT_TRUE(contains(later, "Contracting Party"));
    EXPECT_TRUE(contains(later, "RES-AT(1) (A15(1)-1, A16(1)-1)"));
    auto const romania = print_party(law(), party("RO"), day("2008-01-01")).take();
    EXPECT_TRUE(contains(romania, "RO Romania on 2008-01-01: not known"));
    EXPECT_TRUE(contains(romania, "from 2007-10-10 to 2008-07-11 at some day"));
    EXPECT_TRUE(
        contains(print_party(law(), party("GR"), day("2026-01-01")).error().what, "GR is none of"));
}

TEST(Print, shows_the_status_of_all_parties)
{
    auto const text = print_status(law(), day("2019-05-26"));
    EXPECT_TRUE(contains(text, "HR  Republic of Croatia                  third State"));
    EXPECT_FALSE(contains(text, "RES-HR"));
    EXPECT_TRUE(contains(print_status(law(), day("2019-05-27")), "RES-HR(2) (A4(5)(a)-1)"));
}

TEST(Print, status_shows_agreements_from_their_first_day)
{
    EXPECT_FALSE(contains(print_status(law(), day("2010-12-09")), "BG-RS-2010"));
    auto const text = print_status(law(), day("2010-12-10"));
    EXPECT_TRUE(contains(text,
        "  BG-RS-2010 (BG, RS) since 2010-12-10: Police cooperation agreement, signed in Sofia on "
        "20 May 2010\n    source: Bulgarian State Gazette 11/2011, amended 62/2017\n"));
    EXPECT_TRUE(contains(text, "TEST-BG-RO (BG, RO) since 2009-03-01"));
    EXPECT_TRUE(contains(text, "    source: TEST\n"));
}

TEST(Print, status_shows_suspensions_while_they_last_and_says_where_there_is_none)
{
    auto const shows = [](std::string_view on) {
        return contains(print_status(law(), day(on)),
            "  MD Art. 28 from 2026-06-16 to 2026-09-16; notice received 2026-06-01\n"
            "    source: TEST");
    };
    EXPECT_FALSE(shows("2026-06-15"));
    EXPECT_TRUE(shows("2026-06-16"));
    EXPECT_TRUE(shows("2026-09-15"));
    EXPECT_FALSE(shows("2026-09-16"));
    EXPECT_TRUE(contains(print_status(law(), day("2026-06-15")), "Suspensions in effect:\n  none"));
    EXPECT_TRUE(contains(
        print_status(law(), day("2006-05-05")), "Implementing agreements in effect:\n  none\n"));
}

TEST(Print, status_says_since_when_the_Convention_is_in_force)
{
    EXPECT_TRUE(print_status(law(), day("2007-10-09"))
            .starts_with("The Convention on 2007-10-09: in force only from 2007-10-10\n"));
    EXPECT_TRUE(print_status(law(), day("2007-10-10"))
            .starts_with("The Convention on 2007-10-10: in force since 2007-10-10\n"));
}

TEST(Print, names_the_authority_for_a_provision)
{
    auto const text = [](std::string_view code, std::string_view provision) {
        auto out = print_authority(law(), party(code), provision, day("2026-01-01"));
        return out.ok() ? out.take() : out.error().what;
    };
    EXPECT_TRUE(contains(text("BG", "A4(3)"), "BG-IOCD  International Operational"));
    EXPECT_FALSE(contains(text("BG", "A4(3)"), "BG-MOI"));
    EXPECT_TRUE(contains(text("RS", "A4(4)-1"), "RS-FIRE  Fire Protection Directorate"));
    EXPECT_TRUE(contains(text("RO", "A4(5)(a)-2"), "RO-DRPCIV"));
    EXPECT_TRUE(contains(text("ME", "A4(5)(a)-2"), "none known on this date"));
    EXPECT_EQ(text("BG", "A1"), "A1 names no authority; a provision of Art. 4 does, such as A4(3)");
    EXPECT_TRUE(contains(text("GR", "A4(3)"), "GR is none of the Parties"));
}

TEST(Print, shows_a_deadline_in_local_time_and_utc)
{
    auto const from = parse_instant("2019-02-26T10:00:00Z").take();
    EXPECT_EQ(print_deadline("A40(2)", from, "Europe/Zagreb").take(),
        "A40(2): 90 days after the deposit of the State's own instrument, by the calendar of the "
        "depositary\n"
        "  from 2019-02-26 11:00:00 +01:00 (2019-02-26T10:00:00.000000Z)\n"
        "  due  2019-05-27 00:00:00 +02:00 (2019-05-26T22:00:00.000000Z)\n");
    auto const evening = parse_instant("2026-03-10T18:00:00+02:00").take();
    EXPECT_TRUE(contains(print_deadline("A13(6)-2", evening, "Europe/Sofia").take(),
        "due  2026-03-10 24:00:00 +02:00 (2026-03-10T22:00:00.000000Z)"));
    EXPECT_TRUE(contains(print_deadline("A41(2)", evening, "Europe/Tirane").take(),
        "due  2026-03-10 00:00:00 +01:00"));
    EXPECT_TRUE(contains(print_deadline("A1", evening, "Europe/Sofia").error().what,
        "A1 sets no term; these do: A7-3 A13(6)-2 A14(4)-2"));
    EXPECT_TRUE(contains(print_entry_into_force(law(), party("AT")).take(), "difference 1 days"));
}

TEST(Print, shows_every_term_with_its_amount_and_calendar)
{
    auto const from = parse_instant("2025-08-31T10:00:00Z").take();
    std::string all;
    for (auto const* term : terms()) {
        auto const text = print_deadline(term->provision, from, "Europe/Belgrade").take();
        all += text.substr(0, text.find('\n')) + " | " + text.substr(text.find("due  ") + 5, 19)
            + "\n";
    }
    EXPECT_EQ(all,
        "A7-3: 1 year after the last joint threat analysis, by the calendar of the requesting Party"
        " | 2026-08-31 24:00:00\n"
        "A13(6)-2: 6 hours, those from 00:00 to 09:00 not counted after the arrest, by the "
        "calendar of the requested Party | 2025-08-31 18:00:00\n"
        "A14(4)-2: 5 hours, nights counted after the crossing | 2025-08-31 17:00:00\n"
        "A15(7): 6 hours, those from 00:00 to 09:00 not counted after the arrest, by the "
        "calendar of the requested Party | 2025-08-31 18:00:00\n"
        "A31(4)(b)-3: the same day after the last day on which the Convention is in force, by the "
        "calendar of the requesting Party | 2025-08-31 24:00:00\n"
        "A31(4)(e)-3: 3 years after the entry in the register, by the calendar of the requesting "
        "Party | 2028-08-31 00:00:00\n"
        "A33(3)-1: 1 year after the last meeting of the Committee, by the calendar of the "
        "depositary | 2026-08-31 24:00:00\n"
        "A40(1): 90 days after the deposit of the second instrument, by the calendar of the "
        "depositary | 2025-11-29 00:00:00\n"
        "A40(2): 90 days after the deposit of the State's own instrument, by the calendar of the "
        "depositary | 2025-11-29 00:00:00\n"
        "A41(2): the same day after the receipt of the notice by the depositary, by the calendar "
        "of the depositary | 2025-08-31 00:00:00\n"
        "A42(2): 6 months after the receipt of the notice by the depositary, by the calendar of "
        "the depositary | 2026-02-28 00:00:00\n"
        "A42(3)-3: 15 days after the receipt of the notice by the depositary, by the calendar of "
        "the depositary | 2025-09-15 00:00:00\n");
}

TEST(Print, shows_a_case_and_its_decision_in_words)
{
    constexpr std::string_view text = "Case small\n  refusal from BG to RO\n"
                                      "  at 2026-04-17T09:14:00Z\n  refusal-ground = security\n"
                                      "  expect A30(1)-1 holds\n";
    auto const cases = read_cases(law(), { "x.case", std::string { text } }).take();
    auto const out = print(cases[0], decide(law(), cases[0].situation));
    EXPECT_TRUE(contains(out, "Case small\nincomplete\n"));
    EXPECT_TRUE(contains(out,
        "  A30(1)-1     requires holds    The refusal rests on one of the three grounds.\n"
        "               facts: refusal-ground\n"));
    EXPECT_TRUE(contains(out, "as expected, 1 points\n"));
    EXPECT_TRUE(contains(out, "law " + law().version()));
}

TEST(Print, lists_the_facts_of_a_measure)
{
    auto const text = print_facts(law(), "refusal").value();
    EXPECT_TRUE(contains(text,
        "  refusal-ground: one of security, other-important-interests, national-law, other\n"
        "    Why the request is refused.\n"
        "    read by A30(1)-1\n"));
    EXPECT_FALSE(contains(text, "erase-by"));
}

TEST(Print, lists_the_facts_of_a_measure_with_a_name_of_its_own)
{
    auto const text = print_facts(law(), "direct-contact").value();
    EXPECT_TRUE(text.starts_with("direct-contact\n"
                                 "  judged as information-request with route: direct\n"));
    EXPECT_TRUE(contains(text, "  direct-ground: one of border-region-crime, "));
    EXPECT_EQ(print_facts(law(), "picnic").error().field, "measure");
}

TEST(Truth, knows_what_follows_from_what_is_not_known)
{
    EXPECT_TRUE(all({}).yes());
    EXPECT_TRUE(any({}).no());
    EXPECT_TRUE(all({ true, unknown }).unknown());
    EXPECT_TRUE(all({ unknown, false }).no());
    EXPECT_TRUE(any({ false, unknown }).unknown());
    EXPECT_TRUE(any({ unknown, true }).yes());
    EXPECT_TRUE((!unknown).unknown());
    EXPECT_TRUE((!Truth { true }).no());
}

} // namespace comity::treaty
