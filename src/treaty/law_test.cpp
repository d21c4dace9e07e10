#include "treaty/law.h"

#include "treaty/decision.h"
#include "treaty/test_law.h"

#include <gtest/gtest.h>

#include <set>

namespace comity::treaty {
namespace {

using test::day;
using test::law;
using test::party;

/// The data with one text put for another in one file.
Files changed(std::string_view name, std::string_view from, std::string_view to)
{
    auto files = test::law_files();
    for (auto& file : files) {
        if (file.name != name) continue;
        auto const at = file.text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        file.text.replace(at, from.size(), to);
    }
    return files;
}

std::string error_of(Files const& files)
{
    auto const read = read_law(files, test::plain_hash);
    return read.ok() ? "read" : read.error().what;
}

std::string error_after(std::string_view name, std::string_view from, std::string_view to)
{
    return error_of(changed(name, from, to));
}

} // namespace

TEST(Law, knows_the_twelve_parties_and_no_other_state)
{
    std::string codes;
    for (auto const& each : law().parties()) codes += each.code.text();
    EXPECT_EQ(codes, "ALATBABGHRHUMDMEMKRORSSI");
    EXPECT_TRUE(law().is_third_state(party("GR"), day("2026-01-01")).yes());
}

TEST(Law, computes_the_entry_into_force_beside_the_published_one)
{
    auto const& austria = *law().party(party("AT"));
    EXPECT_EQ(austria.computed_in_force_on(), day("2011-10-09"));
    EXPECT_EQ(austria.published_in_force_on, day("2011-10-10"));
    EXPECT_EQ(austria.in_force_on(), day("2011-10-10"));
    EXPECT_EQ(law().party(party("HU"))->in_force_on(), day("2012-12-10"));
    EXPECT_EQ(law().party(party("SI"))->in_force_on(), day("2013-05-21"));
    EXPECT_EQ(law().party(party("HR"))->in_force_on(), day("2019-05-27"));
    EXPECT_EQ(law().party(party("BG"))->computed_in_force_on(), std::nullopt);
    EXPECT_EQ(law().party(party("BG"))->in_force_on(), day("2009-03-01"));
}

TEST(Law, does_not_guess_when_a_deposit_was_not_found)
{
    auto const& serbia = *law().party(party("RS"));
    EXPECT_TRUE(serbia.in_force(day("2007-10-09")).no());
    EXPECT_TRUE(serbia.in_force(day("2007-10-10")).unknown());
    EXPECT_TRUE(serbia.in_force(day("2008-07-10")).unknown());
    EXPECT_TRUE(serbia.in_force(day("2008-07-11")).yes());
}

TEST(Law, gives_every_party_one_name_on_every_day_since_it_signed_or_deposited)
{
    auto const& macedonia = *law().party(party("MK"));
    EXPECT_EQ(macedonia.name(day("2019-02-11")), "Republic of Macedonia");
    EXPECT_EQ(macedonia.name(day("2019-02-12")), "Republic of North Macedonia");
    EXPECT_EQ(
        law().party(party("ME"))->name(day("2006-05-05")), "State Union of Serbia and Montenegro");
    EXPECT_EQ(law().party(party("ME"))->name(day("2006-06-03")), "Republic of Montenegro");
    EXPECT_EQ(macedonia.name(day("2006-05-04")), "");
    for (auto const& each : law().parties())
        for (auto date = each.validity.from; date < day("2027-01-01"); date += std::chrono::days(1))
            ASSERT_NE(each.name(date), "") << each.code.text() << to_text(date);
}

TEST(Law, has_the_annexed_lists_as_printed)
{
    auto const names = [](std::string_view code, List list) {
        std::string out;
        for (auto const* each : law().authorities(party(code), list, day("2010-01-01")))
            out += each->name + ";";
        return out;
    };
    EXPECT_EQ(
        names("RO", List::law_enforcement_authorities), "Ministry of Administration and Interior;");
    EXPECT_EQ(names("BA", List::national_central_units), "Ministry of Security;");
    EXPECT_EQ(names("ME", List::existing_structures), "Police Directorate;");
    EXPECT_EQ(names("RS", List::existing_structures),
        "Border Police Directorate;Fire Protection Directorate;");
    EXPECT_EQ(names("HR", List::national_central_units), "") << "not yet a Party";
}

TEST(Law, counts_an_authority_as_listed_through_the_one_it_is_part_of)
{
    auto const listed = [](std::string_view code, std::string_view id) {
        return law().is_listed_authority(party(code), id, day("2026-01-01"));
    };
    EXPECT_TRUE(listed("RO", "RO-MAI"));
    EXPECT_TRUE(listed("BG", "BG-DRAGOMAN"));
    EXPECT_FALSE(listed("BG", "BG-CUSTOMS"));
    EXPECT_FALSE(listed("BG", "RO-MAI"));
    EXPECT_FALSE(law().is_listed_authority(party("BG"), "BG-MOI", day("2009-02-28")));
    EXPECT_TRUE(law().is_listed_authority(party("BG"), "BG-MOI", day("2009-03-01")));
}

TEST(Law, falls_back_on_existing_structures_where_there_is_no_central_unit)
{
    EXPECT_EQ(law().national_central_unit(party("RS"), day("2010-01-01")).at(0)->id, "RS-MOI");
    auto files = changed("authorities.tsv", "RS\t4(3)\t", "ME\tnational\t");
    auto const without = read_law(files, test::plain_hash).take();
    auto const units = without.national_central_unit(party("RS"), day("2010-01-01"));
    ASSERT_EQ(units.size(), 2U);
    EXPECT_EQ(units[0]->id, "RS-BORDER");
}

TEST(Law, reads_markings_by_level_and_finds_one_word_on_several_levels)
{
    auto const levels = [](std::string_view code, std::string_view text) {
        std::string out;
        for (auto const* each : law().markings(party(code), text, day("2020-01-01")))
            out += std::to_string(each->level);
        return out;
    };
    EXPECT_EQ(levels("MK", "TOP SECRET"), "3");
    EXPECT_EQ(levels("RO", "secret"), "2");
    EXPECT_EQ(levels("RO", "STRICT SECRET"), "3");
    EXPECT_EQ(levels("MD", "STRICT SECRET"), "4");
    EXPECT_EQ(levels("RS", "SERVICE SECRET"), "23");
    EXPECT_EQ(levels("AL", "RESTRICTED"), "");
    EXPECT_EQ(law().marking(party("AL"), 1, day("2020-01-01"))->text, "");
    EXPECT_EQ(law().marking(party("HR"), 1, day("2019-05-26")), nullptr);
    for (auto const& each : law().parties())
        for (int level = 1; level <= level_max; ++level)
            EXPECT_NE(law().marking(each.code, level, day("2020-01-01")), nullptr);
}

TEST(Law, says_since_when_a_party_is_ready_for_personal_data_and_when_it_does_not_know)
{
    EXPECT_TRUE(law().protection_ready(party("AL"), day("2011-11-16")).no());
    EXPECT_TRUE(law().protection_ready(party("AL"), day("2011-11-17")).yes());
    EXPECT_TRUE(law().protection_ready(party("RO"), day("2018-09-12")).unknown());
    EXPECT_TRUE(law().protection_ready(party("RO"), day("2018-09-13")).yes());
    EXPECT_TRUE(law().protection_ready(party("HR"), day("2026-01-01")).unknown());
}

TEST(Law, resolves_every_parameter_on_every_day_on_which_anything_begins_or_ends)
{
    std::set<Date> days;
    auto const add = [&](Validity const& validity) {
        for (auto const edge : { validity.from, validity.until })
            for (int offset : { -1, 0, 1 })
                if (edge < open_end) days.insert(edge + std::chrono::days { offset });
    };
    for (auto const& each : law().tables().authorities) add(each.validity);
    for (auto const& each : law().tables().markings) add(each.validity);
    for (auto const& each : law().parties())
        add({ each.in_force_on().value_or(day("2008-07-11")), open_end });
    for (auto const date : days) {
        for (auto const& each : law().parties()) {
            if (!each.in_force(date).yes()) continue;
            EXPECT_EQ(law().authorities(each.code, List::national_central_units, date).size(), 1U);
            EXPECT_FALSE(
                law().authorities(each.code, List::law_enforcement_authorities, date).empty());
            for (int level = 1; level <= level_max; ++level)
                EXPECT_NE(law().marking(each.code, level, date), nullptr);
        }
    }
}

TEST(Law, has_another_version_when_any_byte_of_the_data_differs)
{
    auto const other
        = read_law(changed("judicial.tsv", "Stands in", "Stood in"), test::plain_hash).take();
    EXPECT_NE(other.version(), law().version());
    auto const same = read_law(test::law_files(), test::plain_hash).take();
    EXPECT_EQ(same.version(), law().version());
}

TEST(Law, refuses_a_missing_a_doubled_and_a_foreign_file)
{
    auto files = test::law_files();
    files.push_back(files[0]);
    EXPECT_EQ(error_of(files), "authorities.tsv stands twice in the data of the law");
    files.pop_back();
    files.push_back({ "weather.tsv", "" });
    EXPECT_EQ(error_of(files), "weather.tsv is no file of the data of the law");
    files.pop_back();
    files.erase(files.begin());
    EXPECT_EQ(error_of(files), "authorities.tsv is missing from the data of the law");
}

TEST(Law, refuses_two_values_for_one_key_and_date)
{
    EXPECT_EQ(error_after("party_names.tsv", "AT\tRepublic of Austria\t2011-07-11\topen",
                  "AL\tRepublic of Austria\t2011-07-11\topen"),
        "party_names.tsv row 4 column from: two values for AL on 2011-07-11; the other is row 3");
    EXPECT_EQ(error_after("party_names.tsv", "2006-05-05\t2019-02-12", "2006-05-05\t2019-02-13"),
        "party_names.tsv row 14 column from: two values for MK on 2019-02-12; the other is row 13");
    EXPECT_EQ(
        error_after("party_names.tsv", "2006-05-05\t2019-02-12", "2006-05-05\t2019-02-11"), "read");
    EXPECT_EQ(error_after("authorities.tsv", "HU\t4(2)\tHU-NTCA", "HU\t4(3)\tHU-NTCA"),
        "authorities.tsv row 33 column from: two values for 4(3) HU on 2012-12-10; the other is "
        "row 32");
    EXPECT_EQ(error_after("parties.tsv", "\nAT\t", "\nBG\t"),
        "parties.tsv row 12 column party: BG has two rows");
}

TEST(Law, refuses_bad_cells_and_names_file_row_and_column)
{
    EXPECT_EQ(error_after("readiness.tsv", "AL\texact", "GR\texact"),
        "readiness.tsv row 5 column party: GR is not in parties.tsv");
    EXPECT_EQ(error_after("readiness.tsv", "AL\texact", "al\texact"),
        "readiness.tsv row 5 column party: 'al' is not a State's code such as RO");
    EXPECT_EQ(error_after("readiness.tsv", "2011-11-17\topen", "2011-11-31\topen"),
        "readiness.tsv row 5 column from: '2011-11-31' is not a date such as 2026-04-17");
    EXPECT_EQ(error_after("readiness.tsv", "2011-11-17\topen", "2011-11-17\t2011-11-17"),
        "readiness.tsv row 5 column until: must come after from");
    EXPECT_EQ(error_after("readiness.tsv", "AL\texact", "AL\tperhaps"),
        "readiness.tsv row 5 column exact: must be exact or at-latest");
    EXPECT_EQ(error_after("judicial.tsv", "open\tTEST\tStands", "open\t-\tStands"),
        "judicial.tsv row 4 column source: must not be empty");
    EXPECT_EQ(error_after("judicial.tsv", "vehicle-owner", "vehicle-thief"),
        "judicial.tsv row 4 column kind: is no kind of request");
    EXPECT_EQ(error_after("judicial.tsv", "owner\tno", "owner\tperhaps"),
        "judicial.tsv row 4 column reserved: must be yes or no");
    EXPECT_EQ(error_after("classification.tsv", "AL\t1", "AL\t5"),
        "classification.tsv row 4 column level: must be a whole number from 1 to 4");
    EXPECT_EQ(error_after("authorities.tsv", "AL\t4(2)", "AL\t4(9)"),
        "authorities.tsv row 5 column list: must be 4(2), 4(3), 4(4), national or registry");
    EXPECT_EQ(error_after("authorities.tsv", "RS-BORDER\tBorder Police Directorate\tRS-MOI",
                  "RS-BORDER\tBorder Police Directorate\tRS-MOJ"),
        "authorities.tsv row 24 column part-of: RS-MOJ is not in this table");
    EXPECT_EQ(error_after("authorities.tsv", "RS-BORDER\tBorder Police Directorate\tRS-MOI",
                  "RS-BORDER\tBorder Police Directorate\tRS-BORDER"),
        "authorities.tsv row 24 column part-of: leads in a circle or over more than 8 steps");
    EXPECT_EQ(error_after("parties.tsv", "Europe/Tirane", "Europe/Tirana"),
        "parties.tsv row 4 column zone: unknown time zone 'Europe/Tirana'");
    EXPECT_EQ(error_after("reservations.tsv", "RES-HR(2)", "RES-HR(9)"),
        "reservations.tsv has no row RES-HR(2), by which a provision judges");
    EXPECT_EQ(error_after("reservations.tsv", "\teu-members\t", "\teurope\t"),
        "reservations.tsv row 8 column towards: must be any, eu-members or not-read");
    EXPECT_EQ(error_after("convention.tsv", "in-force\t", "in-farce\t"),
        "convention.tsv row 4 column key: must be signed or in-force");
}

TEST(Law, refuses_a_party_without_any_date_of_entry)
{
    auto const bulgaria = "-\tunknown\t2009-03-01\t-\t-";
    EXPECT_EQ(error_after("parties.tsv", bulgaria, "-\tunknown\tunknown\t-\t-"),
        "parties.tsv row 11 column in-force-not-before: without deposit and published date both "
        "limits of the entry into force are needed");
    EXPECT_EQ(error_after("parties.tsv", bulgaria, "-\tunknown\tunknown\t2009-03-02\t2009-03-01"),
        "parties.tsv row 11 column in-force-not-after: must not come before in-force-not-before");
}

TEST(Law, refuses_a_table_of_another_shape)
{
    EXPECT_EQ(error_after("judicial.tsv", "party\tkind", "party\tsort"),
        "judicial.tsv row 3 column party: the columns must be: party kind reserved from until "
        "source note");
    EXPECT_EQ(error_after("judicial.tsv", "BG\tvehicle-owner\t", "BG vehicle-owner\t"),
        "judicial.tsv row 4 column note: 6 cells, 7 expected");
    auto files = test::law_files();
    for (auto& file : files)
        if (file.name == "judicial.tsv") file.text.clear();
    EXPECT_EQ(error_of(files), "judicial.tsv is empty");
    for (auto& file : files)
        if (file.name == "judicial.tsv") file.text.assign(Table::bytes_max + 1, '#');
    EXPECT_EQ(error_of(files), "judicial.tsv has 4194305 bytes, 4194304 at most");
    for (auto& file : files) {
        if (file.name != "judicial.tsv") continue;
        file.text = "party\tkind\treserved\tfrom\tuntil\tsource\tnote\n";
        for (std::size_t i = 0; i <= Table::rows_max; ++i) file.text += "a\tb\tc\td\te\tf\tg\n";
    }
    EXPECT_EQ(error_of(files), "judicial.tsv row 10002 column party: more than 10000 rows");
}

TEST(Provisions, have_one_id_each_and_say_what_they_mean)
{
    std::set<std::string_view> ids;
    for (auto const* each : provisions()) {
        EXPECT_TRUE(ids.insert(each->id).second) << each->id;
        EXPECT_FALSE(each->title.empty() || each->law.empty() || each->holds.empty()) << each->id;
        EXPECT_FALSE(each->not_applicable.empty()) << each->id;
        EXPECT_EQ(each->fails.empty(), each->effect == Effect::obliges) << each->id;
        EXPECT_TRUE(each->effect != Effect::obliges || !each->duty.empty()) << each->id;
        EXPECT_NE(each->measures, Measures {}) << each->id;
        EXPECT_EQ(
            each->term && each->term->amount.unit != TermUnit::immediately, each->anchor != nullptr)
            << each->id << " needs the anchor of its term";
    }
}

TEST(Law, a_party_that_withdrew_is_none_from_the_day_six_months_after)
{
    auto const files = changed("parties.tsv", "-\tunknown\t2009-03-01\t-\t-\t-\t2009-03-01",
        "-\tunknown\t2009-03-01\t-\t-\t2025-08-31\t2009-03-01");
    auto const without = read_law(files, test::plain_hash).take();
    auto const* bulgaria = without.party(party("BG"));
    EXPECT_EQ(bulgaria->left_on(), day("2026-02-28"));
    EXPECT_TRUE(bulgaria->in_force(day("2026-02-27")).yes());
    EXPECT_TRUE(bulgaria->in_force(day("2026-02-28")).no());
    EXPECT_TRUE(bulgaria->in_force(day("2026-03-01")).no());
    EXPECT_FALSE(law().party(party("BG"))->left_on());
}

TEST(Law, a_reservation_towards_some_parties_follows_its_row)
{
    auto const judged = [](std::string_view towards) {
        auto const files = changed(
            "reservations.tsv", "A17(1),A28\tnot-read", "A17(1),A28\t" + std::string { towards });
        auto const other = read_law(files, test::plain_hash).take();
        Situation const patrol { Measure::mixed_patrol, party("HR"), party("RO"),
            parse_instant("2026-04-17T09:14:00Z").take(), {} };
        for (auto const& each : in_words(decide(other, patrol)).findings)
            if (each.provision == "RES-HR(3)") return json::word(each.result);
        return std::string { "no finding" };
    };
    EXPECT_EQ(judged("eu-members"), "holds");
    EXPECT_EQ(judged("any"), "fails");
    EXPECT_EQ(judged("not-read"), "missing");
}

TEST(Law, knows_on_which_day_a_party_joined_the_european_union)
{
    auto const member = [](std::string_view at) {
        return resolve(law(), party("RO"), party("MD"), parse_instant(at).take())
            .requesting.eu_member;
    };
    EXPECT_FALSE(member("2006-12-31T12:00:00Z"));
    EXPECT_TRUE(member("2007-01-01T12:00:00Z"));
    EXPECT_TRUE(member("2007-01-02T12:00:00Z"));
}

TEST(Law, a_suspension_whose_dates_do_not_follow_from_its_notices_is_refused)
{
    auto const error = [](std::string_view from, std::string_view to) {
        return error_after("suspensions.tsv", from, to);
    };
    EXPECT_TRUE(
        error("2026-06-16", "2026-06-15").ends_with("must be 2026-06-16, 15 days after receipt"));
    EXPECT_TRUE(
        error("2026-09-16", "2026-09-17").ends_with("must be 2026-09-16, 15 days after receipt"));
    EXPECT_TRUE(
        error("2026-09-01", "-").ends_with("must be open while no notice of lifting was received"));
    EXPECT_TRUE(error("MD\t28", "MD\t43").ends_with("must be all, or numbers from 1 to 42"));
    EXPECT_TRUE(error("MD\t28", "MD\t0").ends_with("must be all, or numbers from 1 to 42"));
    EXPECT_EQ(error("MD\t28", "MD\t42"), "read");
    EXPECT_EQ(error("MD\t28", "MD\t1"), "read");
}

TEST(Law, an_agreement_that_says_two_things_at_once_is_refused)
{
    auto const with = [](std::string const& row) {
        auto files = test::law_files();
        for (auto& file : files)
            if (file.name == "agreement_terms.tsv")
                file.text += row + "\t2012-01-01\topen\tTEST\t-\n";
        return error_of(files);
    };
    EXPECT_TRUE(with("BG-RS-2010\tBG\thot-pursuit\tyes")
            .ends_with("has two values for the same Parties and time"));
    EXPECT_TRUE(with("BG-RS-2010\tRO\tequipment-use\tyes")
            .ends_with("is no Party of the agreement, nor both"));
    EXPECT_TRUE(with("BG-RS-2010\tboth\tequipment-use\tperhaps").ends_with("must be yes or no"));
    EXPECT_TRUE(with("BG-RS-2010\tboth\tpicnic\tyes")
            .ends_with("is nothing that an implementing agreement sets"));
    EXPECT_TRUE(with("XX\tboth\thot-pursuit\tyes").ends_with("XX is not in agreements.tsv"));
    EXPECT_EQ(with("BG-RS-2010\tboth\tequipment-use\tyes"), "read");
}

TEST(Law, a_suspension_as_a_whole_suspends_every_article)
{
    auto const other
        = read_law(changed("suspensions.tsv", "MD\t28", "MD\tall"), test::plain_hash).take();
    auto const pair
        = resolve(other, party("MD"), party("RO"), parse_instant("2026-07-01T12:00:00Z").take());
    EXPECT_FALSE(pair.suspended[0].value);
    for (std::size_t article = 1; article <= article_count; ++article)
        EXPECT_TRUE(pair.suspended[article].value) << article;
}

TEST(Law, an_existing_structure_stands_in_while_a_party_has_no_national_central_unit)
{
    auto const central = [](Law const& of, std::string_view id) {
        auto const at = parse_instant("2026-04-17T09:14:00Z").take();
        return resolve(of, party("RS"), party("RO"), at).requesting.standing(id).central.value;
    };
    EXPECT_FALSE(central(law(), "RS-BORDER"));
    EXPECT_TRUE(central(law(), "RS-MOI"));
    auto files = test::law_files();
    for (auto& file : files) {
        if (file.name != "authorities.tsv") continue;
        auto const at = file.text.find("RS\t4(3)");
        ASSERT_NE(at, std::string::npos);
        file.text.erase(at, file.text.find('\n', at) + 1 - at);
    }
    auto const without = read_law(files, test::plain_hash).take();
    EXPECT_TRUE(central(without, "RS-BORDER"));
    EXPECT_FALSE(central(without, "RS-MOI"));
}

TEST(Law, finds_a_marking_in_letters_of_either_case)
{
    for (auto const* word : { "ZAUPNO", "zaupno", "Zaupno" }) {
        auto const found = law().markings(party("SI"), word, day("2026-04-17"));
        ASSERT_EQ(found.size(), 1U) << word;
        EXPECT_EQ(found[0]->level, 2);
    }
    EXPECT_EQ(law().markings(party("MD"), "service", day("2026-04-17")).size(), 1U);
    EXPECT_TRUE(law().markings(party("SI"), "ZAUPN", day("2026-04-17")).empty());
    EXPECT_TRUE(law().markings(party("SI"), "@AUPNO", day("2026-04-17")).empty());
}

TEST(Law, a_readiness_that_ended_is_none_from_that_day)
{
    auto const files = changed("readiness.tsv", "BG\tat-latest\t2018-09-13\topen",
        "BG\tat-latest\t2018-09-13\t2020-01-01");
    auto const other = read_law(files, test::plain_hash).take();
    EXPECT_TRUE(other.protection_ready(party("BG"), day("2018-09-12")).unknown());
    EXPECT_TRUE(other.protection_ready(party("BG"), day("2019-12-31")).yes());
    EXPECT_TRUE(other.protection_ready(party("BG"), day("2020-01-01")).no());
    EXPECT_TRUE(other.protection_ready(party("BG"), day("2020-01-02")).no());
}

TEST(Law, no_measure_has_more_deadlines_than_a_decision_holds)
{
    for (auto const& list : law().tables().governing)
        EXPECT_LE(std::ranges::count(list, true, &Governing::has_term),
            static_cast<std::ptrdiff_t>(decltype(Decision::deadlines)::static_capacity));
}

TEST(PartyCode, is_two_capital_letters_from_A_to_Z)
{
    for (auto const* good : { "AA", "AZ", "ZA", "ZZ" })
        EXPECT_TRUE(PartyCode::parse(good).ok()) << good;
    for (auto const* bad : { "@A", "[A", "A@", "A[", "a1", "A", "AAA", "" })
        EXPECT_FALSE(PartyCode::parse(bad).ok()) << bad;
    EXPECT_EQ(PartyCode::parse("ABCDEFGHIJKLMNOPQRSTUVWXYZ").error().what,
        "'ABCDEFGHIJKLMNOPQRST' is not a State's code such as RO");
    EXPECT_EQ(to_text(open_end), "9999-12-31");
}

} // namespace comity::treaty
