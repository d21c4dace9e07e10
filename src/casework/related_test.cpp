#include "casework/related.h"

#include "casework/request_kind.h"
#include "casework/trial_casework_test.h"

#include <algorithm>

namespace comity::casework {

using namespace trial;

namespace {

Officer officer(std::string const& account)
{
    return { account, account + " TEST", 0 };
}

RequestDraft about_person(std::string const& number, std::string const& family,
    std::string const& given, std::string const& birth_date = "")
{
    json::Object identity { { "kind", "lawful" }, { "familyName", family },
        { "nationalities", json::Array {} } };
    if (!given.empty()) identity["givenName"] = given;
    if (!birth_date.empty()) identity["birthDate"] = birth_date;
    json::Array identities;
    identities.emplace_back(identity);
    json::Object person;
    person["identities"] = identities;
    person["documents"] = json::Array {};
    auto out = lawful();
    out.kind = "residence";
    out.plate = {};
    out.need_ground = {};
    out.case_number = number;
    out.query = json::Object { { "person", person } };
    out.facts = json::Object { { "judicial-reserved", false } };
    return out;
}

/// Art. 10(1): its request lies in the compartment of witness protection.
RequestDraft about_protected(std::string const& number)
{
    auto out = about_person(number, "Petrov", "Ivan");
    auto const text = read_file("tests/messages/request.witness-protection.json").value();
    auto const example = json::parse(as_text(text)).value().as_object();
    out.kind = "witness-protection";
    out.query = json::Object { { "witness", example.at("witness") },
        { "text", "Behind the code is Ivan Petrov of Vidin, TEST." } };
    (*out.facts)["compartment"] = "witness-protection";
    return out;
}

void send(Node& node, RequestDraft const& draft, Officer const& by)
{
    auto const sent = node.casework->send(draft, by);
    ASSERT_TRUE(sent.ok()) << sent.error().field << ": " << sent.error().what;
    ASSERT_TRUE(sent.value().message)
        << json::print(treaty::write(sent.value().decision)).substr(0, 900);
}

std::vector<RelatedCase> related(Node& node, std::string_view number, Officer const& by)
{
    Related room { *node.store, *node.vault, [&node] { return node.now; } };
    return room.of_case(number, by).value().cases;
}

std::vector<RelatedCase> look_up(Node& node, std::string_view text, Officer const& by)
{
    Related room { *node.store, *node.vault, [&node] { return node.now; } };
    return room.look_up(text, by).value();
}

std::int64_t count_marks(Node& node)
{
    return node.store
        ->read([](Transaction& t) {
            return t.one("SELECT COUNT(*) FROM casework_mark",
                [](store::Row const& row) { return row.integer(0); });
        })
        .value()
        .value();
}

} // namespace

TEST(Related, a_person_is_found_again_in_the_other_script_with_the_reason)
{
    Node node { 0 };
    send(node, about_person("2026-1", "Желязков TEST", "Стоян", "1980-01-02"), "TEST");
    send(node, about_person("2026-2", "Zhelyazkov TEST", "Stoyan", "1980-01-02"), "TEST");
    auto const found = related(node, "2026-2", "TEST");
    ASSERT_EQ(found.size(), 1);
    EXPECT_EQ(found[0].number, "2026-1");
    EXPECT_TRUE(found[0].open);
    EXPECT_EQ(found[0].kind, "residence");
    ASSERT_EQ(found[0].reasons.size(), 1);
    EXPECT_EQ(found[0].reasons[0].likeness, Likeness::person);
    EXPECT_EQ(found[0].reasons[0].shown, "Stoyan Zhelyazkov TEST");
    EXPECT_TRUE(found[0].subject);
}

TEST(Related, the_same_name_counts_where_a_day_of_birth_is_missing_and_not_where_two_differ)
{
    Node node { 0 };
    send(node, about_person("2026-1", "Petrov TEST", "Ivan", "1980-01-02"), "TEST");
    send(node, about_person("2026-2", "Petrov TEST", "Ivan", "1990-01-02"), "TEST");
    EXPECT_TRUE(related(node, "2026-2", "TEST").empty());
    send(node, about_person("2026-3", "Petrov TEST", "Ivan"), "TEST");
    auto const found = related(node, "2026-3", "TEST");
    ASSERT_EQ(found.size(), 2);
    EXPECT_EQ(found[0].reasons.at(0).likeness, Likeness::name);
    EXPECT_EQ(related(node, "2026-1", "TEST").size(), 1);
}

TEST(Related, a_plate_in_Cyrillic_and_what_an_answer_tells_find_each_other_on_arrival)
{
    Pair pair;
    add_vehicle(pair.bucharest, "CA 12 ABC");
    auto first = lawful();
    first.plate = "са-12-авс";
    send(pair.sofia, first, "TEST");
    carry(pair.both);
    // Who owns it was told in the answer; a request about him finds the vehicle's case.
    send(pair.sofia, about_person("2026-2", "Popescu TEST", "Ana", "1979-04-12"), "TEST");
    auto second = lawful();
    second.case_number = "2026-3";
    second.plate = "CA 12 ABC";
    send(pair.sofia, second, "TEST");
    auto const by_owner = related(pair.sofia, "2026-2", "TEST");
    ASSERT_EQ(by_owner.size(), 1);
    EXPECT_EQ(by_owner[0].number, "2026-0417");
    EXPECT_EQ(by_owner[0].reasons.at(0).likeness, Likeness::person);
    carry(pair.both);
    auto const by_plate = related(pair.bucharest, "BG/2026-3", "TEST");
    ASSERT_FALSE(by_plate.empty());
    auto const plate = std::ranges::find(by_plate, "BG/2026-0417", &RelatedCase::number);
    ASSERT_NE(plate, by_plate.end());
    EXPECT_EQ(std::ranges::count(plate->reasons, Likeness::plate, &Reason::likeness), 1);
}

TEST(Related, a_case_that_names_the_number_of_another_finds_it)
{
    Node node { 0 };
    send(node, lawful(), "TEST");
    auto naming = about_person("2026-9", "Petrov TEST", "Ivan");
    naming.query->at("person").as_object()["description"] = "TEST: see also 2026-0417, seen twice";
    send(node, naming, "TEST");
    auto const found = related(node, "2026-9", "TEST");
    ASSERT_EQ(found.size(), 1);
    EXPECT_EQ(found[0].reasons.at(0).likeness, Likeness::case_number);
    EXPECT_EQ(related(node, "2026-0417", "TEST").size(), 1);
}

TEST(Related, who_does_not_need_to_know_the_other_case_learns_that_it_is_there_and_whose)
{
    Node node { 0 };
    send(node, lawful(), officer("ann"));
    auto second = lawful();
    second.case_number = "2026-2";
    send(node, second, officer("bob"));
    auto const found = related(node, "2026-2", officer("bob"));
    ASSERT_EQ(found.size(), 1);
    EXPECT_FALSE(found[0].open);
    EXPECT_EQ(found[0].holders, std::vector<std::string> { "ann TEST" });
    EXPECT_FALSE(found[0].kind || found[0].state || found[0].subject);
    EXPECT_TRUE(found[0].reasons.empty());
    Related room { *node.store, *node.vault, [&node] { return node.now; } };
    EXPECT_EQ(room.of_case("2026-0417", officer("bob")).value().refused->provision, "A32(1)");
    EXPECT_EQ(room.of_case("none", officer("bob")).error().kind, Error::Kind::not_found);
}

TEST(Related, one_box_finds_by_name_plate_and_number_in_any_script)
{
    Node node { 0 };
    send(node, lawful(), "TEST");
    send(node, about_person("2026-2", "Желязков TEST", "Стоян"), "TEST");
    for (auto const* text : { "в 123 авс", "B123ABC", "2026-0417" }) {
        auto const found = look_up(node, text, "TEST");
        ASSERT_EQ(found.size(), 1) << text;
        EXPECT_EQ(found[0].number, "2026-0417") << text;
    }
    ASSERT_EQ(look_up(node, "test ZHELIAZKOV, stoian", "TEST").size(), 1);
    EXPECT_TRUE(look_up(node, "Nobody TEST", "TEST").empty());
}

TEST(Related, what_is_too_short_too_long_or_nothing_is_refused_by_its_limit)
{
    Node node { 0 };
    Related room { *node.store, *node.vault, [&node] { return node.now; } };
    EXPECT_EQ(room.look_up("B1", "TEST").error().field, "sought");
    EXPECT_EQ(room.look_up("???", "TEST").error().kind, Error::Kind::malformed);
    EXPECT_TRUE(room.look_up("B 1 " + std::string(sought_bytes_max - 4, 'x'), "TEST").ok());
    EXPECT_EQ(room.look_up(std::string(sought_bytes_max + 1, 'x'), "TEST").error().kind,
        Error::Kind::too_large);
}

TEST(Related, no_clear_word_stands_in_the_table_and_its_rows_go_with_the_content)
{
    Node node { 0 };
    auto const draft = about_person("2026-2", "Zhelyazkov TEST", "Stoyan", "1980-01-02");
    send(node, draft, "TEST");
    EXPECT_GE(count_marks(node), 3);
    auto const clear = node.store
                           ->read([](Transaction& t) {
                               return t.all("SELECT mark FROM casework_mark",
                                   [](store::Row const& row) { return row.blob(0); });
                           })
                           .value();
    for (auto const& mark : clear) EXPECT_EQ(mark.size(), 16);
    node.go_to(*draft.erase_by);
    ASSERT_TRUE(node.casework->destroy_due().ok());
    EXPECT_EQ(count_marks(node), 0);
}

TEST(Related, a_corrected_content_is_found_by_what_it_says_now_alone)
{
    Node node { 0 };
    send(node, lawful(), "TEST");
    auto const plate = lawful().plate.value();
    ASSERT_EQ(look_up(node, plate, officer("TEST")).size(), 1U);
    ASSERT_TRUE(node.store
            ->write([&](Transaction& t) -> Result<bool> {
                auto const rows = TRY(contents_of(t, lawful().case_number.value()));
                std::vector<CorrectedMember> const members { { "vehicle.plate", "M 2 TEST" } };
                return correct_content(t, *node.vault, rows.at(0), members,
                    { node.now, "BG", {}, {}, {} }, { "TEST", lawful().case_number.value() });
            })
            .value());
    EXPECT_TRUE(look_up(node, plate, officer("TEST")).empty());
    EXPECT_EQ(look_up(node, "M 2 TEST", officer("TEST")).size(), 1U);
}

TEST(Related, whether_a_protected_person_is_known_here_does_not_show)
{
    Node node { 0 };
    send(node, about_protected("2026-1"), "TEST");
    send(node, about_person("2026-2", "Petrov", "Ivan", "1980-01-02"), "TEST");
    for (Officer const& who : { officer("TEST"), Officer { "TEST" } }) {
        auto const found = look_up(node, "Ivan Petrov", who);
        ASSERT_EQ(found.size(), 1U) << "not even to who is named for the compartment";
        EXPECT_EQ(found.at(0).number, "2026-2");
    }
    EXPECT_TRUE(look_up(node, "W-31-TEST", "TEST").empty());
    EXPECT_TRUE(related(node, "2026-2", "TEST").empty());
    EXPECT_TRUE(related(node, "2026-1", "TEST").empty());
    EXPECT_EQ(node.casework->inbox_item("2026-1", "TEST").value().related, 0);
    EXPECT_EQ(node.casework->inbox_item("2026-2", "TEST").value().related, 0);
}

TEST(Related, what_is_held_about_a_protected_person_is_found_for_that_person)
{
    Node node { 0 };
    send(node, about_protected("2026-1"), "TEST");
    auto const found = [&](char const* name) {
        std::vector<std::string> const names { name };
        auto const marks = marks_of_person(names, "1980-01-02", {});
        std::vector<std::string> out;
        for (auto const& each :
            node.store->read([&](Transaction& t) { return contents_marked(t, *node.vault, marks); })
                .value())
            out.push_back(each.number);
        return out;
    };
    EXPECT_EQ(found("Петров Иван"), std::vector<std::string> { "2026-1" });
    EXPECT_TRUE(found("Petrov Georgi").empty()) << "somebody else";
    send(node, about_person("2026-2", "Petrov", "Ivan", "1980-01-02"), "TEST");
    EXPECT_EQ(found("Petrov Ivan"), (std::vector<std::string> { "2026-1", "2026-2" }));
    node.go_to(parse_date("2027-04-17").value());
    ASSERT_TRUE(node.casework->destroy_due().ok());
    EXPECT_TRUE(found("Petrov Ivan").empty());
}

TEST(Related, what_a_compartment_kept_before_is_marked_later_for_that_person_alone)
{
    Node node { 0 };
    send(node, about_protected("2026-1"), "TEST");
    auto const before = count_marks(node);
    ASSERT_GT(before, 0);
    ASSERT_TRUE(node.store
            ->write([](Transaction& t) -> Result<void> {
                TRY(t.run("DELETE FROM casework_mark"));
                TRY(t.run("UPDATE casework_unmarked SET content = 1000"));
                return {};
            })
            .ok());
    Related room { *node.store, *node.vault, [&node] { return node.now; } };
    EXPECT_EQ(room.index_some().value(), 1);
    EXPECT_EQ(count_marks(node), before);
    EXPECT_TRUE(look_up(node, "Ivan Petrov", "TEST").empty());
}

TEST(Related, a_line_of_the_inbox_counts_what_the_case_would_show)
{
    Node node { 0 };
    auto const count = [&](std::string_view number) {
        auto const item = node.casework->inbox_item(number, "TEST").value();
        return std::pair { item.related, std::ssize(related(node, number, "TEST")) };
    };
    send(node, about_person("2026-1", "Petrov TEST", "Ivan", "1980-01-02"), "TEST");
    send(node, about_person("2026-2", "Petrov TEST", "Ivan", "1990-01-02"), "TEST");
    EXPECT_EQ(count("2026-2"), (std::pair { 0L, 0L })) << "two days of birth are two persons";
    send(node, about_person("2026-3", "Петров TEST", "Иван"), "TEST");
    EXPECT_EQ(count("2026-3"), (std::pair { 2L, 2L }));
    EXPECT_EQ(count("2026-1"), (std::pair { 1L, 1L }));
}

TEST(Related, a_case_that_comes_later_moves_the_line_of_the_first)
{
    Node node { 0 };
    send(node, about_person("2026-1", "Petrov TEST", "Ivan", "1980-01-02"), "TEST");
    auto const before = node.casework->inbox_item("2026-1", "TEST").value();
    std::vector<Notice> heard;
    node.casework->on_change([&](Notice const& notice) { heard.push_back(notice); });
    send(node, about_person("2026-2", "Petrov TEST", "Ivan", "1980-01-02"), "TEST");
    auto const after = node.casework->inbox_item("2026-1", "TEST").value();
    EXPECT_EQ(before.related, 0);
    EXPECT_EQ(after.related, 1);
    EXPECT_NE(after.version, before.version);
    auto const told = std::ranges::find(heard, "2026-1", &Notice::case_number);
    ASSERT_NE(told, heard.end());
    EXPECT_EQ(told->moved.value().version, after.version) << "as the list shows it";
    heard.clear();
    send(node, about_person("2026-3", "Somebody TEST", "Else", "1980-01-02"), "TEST");
    EXPECT_EQ(std::ranges::count(heard, "2026-1", &Notice::case_number), 0);
}

TEST(Related, an_open_case_is_told_and_found_among_sixty_closed_ones)
{
    Node node { 0 };
    auto draft = lawful();
    send(node, draft, "TEST");
    for (int n = 0; n < 60; ++n) {
        draft.case_number = "2026-closed-" + std::to_string(n);
        node.now += 1s;
        send(node, draft, "TEST");
        ASSERT_TRUE(node.store
                ->write([&](Transaction& t) {
                    return set_state(t, *draft.case_number, CaseState::answered);
                })
                .ok());
    }
    std::vector<Notice> heard;
    node.casework->on_change([&](Notice const& notice) { heard.push_back(notice); });
    draft.case_number = "2026-new";
    send(node, draft, "TEST");
    auto const times = [&](std::string const& number) {
        return std::ranges::count(heard, number, &Notice::case_number);
    };
    EXPECT_EQ(times("2026-0417"), 1);
    EXPECT_EQ(times("2026-closed-59"), 1);
    EXPECT_EQ(times("2026-closed-0"), 0) << "fifty newer ones are told, and it counts as many";
    auto const found = related(node, "2026-new", "TEST");
    EXPECT_EQ(std::ssize(found), related_max);
    EXPECT_EQ(std::ranges::count(found, "2026-0417", &RelatedCase::number), 1);
    for (auto const* number : { "2026-new", "2026-0417", "2026-closed-0", "2026-closed-59" })
        EXPECT_EQ(node.row(number).related, related_max) << number;
}

TEST(Related, what_is_destroyed_lowers_the_number_of_the_others_and_tells_them)
{
    Node node { 0 };
    auto draft = lawful();
    send(node, draft, "TEST");
    draft.case_number = "2026-2";
    send(node, draft, "TEST");
    draft.case_number = "2026-3";
    draft.erase_by = *draft.erase_by + std::chrono::days { 30 };
    send(node, draft, "TEST");
    EXPECT_EQ(node.row("2026-3").related, 2);
    std::vector<Notice> heard;
    node.casework->on_change([&](Notice const& notice) { heard.push_back(notice); });
    node.go_to(*lawful().erase_by);
    ASSERT_TRUE(node.casework->destroy_due().ok());
    EXPECT_EQ(node.row("2026-3").related, 0);
    EXPECT_EQ(node.row("2026-0417").related, 0);
    auto const line = node.casework->inbox_item("2026-3", "TEST").value();
    ASSERT_FALSE(std::ranges::find(heard, "2026-3", &Notice::case_number) == heard.end());
    auto last = std::ranges::find_if(heard.rbegin(), heard.rend(),
        [](Notice const& each) { return each.case_number == "2026-3"; });
    EXPECT_EQ(last->moved.value().version, line.version);
}

TEST(Related, a_corrected_content_counts_by_what_it_says_now)
{
    Node node { 0 };
    send(node, lawful(), "TEST");
    auto second = lawful();
    second.case_number = "2026-2";
    send(node, second, "TEST");
    EXPECT_EQ(node.row("2026-2").related, 1);
    auto const correct = [&](std::string const& plate) {
        return node.store->write([&](Transaction& t) -> Result<bool> {
            auto const rows = TRY(contents_of(t, "2026-0417"));
            std::vector<CorrectedMember> const members { { "vehicle.plate", plate } };
            return correct_content(t, *node.vault, rows.at(0), members,
                { node.now, "BG", {}, {}, {} }, { "TEST", "2026-0417" });
        });
    };
    ASSERT_TRUE(correct("M 2 TEST").value());
    EXPECT_EQ(node.row("2026-2").related, 0);
    EXPECT_EQ(node.row("2026-0417").related, 0);
    ASSERT_TRUE(correct("B 123 ABC").value());
    EXPECT_EQ(node.row("2026-2").related, 1);
    EXPECT_EQ(node.row("2026-0417").related, 1);
}

TEST(Related, a_name_in_one_part_is_found_and_relates_with_its_day_of_birth_alone)
{
    Node node { 0 };
    send(node, about_person("2026-1", "Сухарто", "", "1980-01-02"), "TEST");
    send(node, about_person("2026-2", "Suharto", "", "1980-01-02"), "TEST");
    send(node, about_person("2026-3", "Suharto", ""), "TEST");
    EXPECT_EQ(look_up(node, "suharto", "TEST").size(), 3U);
    EXPECT_EQ(look_up(node, "suhart", "TEST").size(), 0U);
    EXPECT_EQ(related(node, "2026-1", "TEST").size(), 1U);
    EXPECT_TRUE(related(node, "2026-3", "TEST").empty()) << "one name alone is everybody's";
    EXPECT_EQ(node.casework->inbox_item("2026-3", "TEST").value().related, 0);
}

TEST(Related, contents_that_were_kept_before_are_marked_later_and_once)
{
    Node node { 0 };
    send(node, lawful(), "TEST");
    auto second = lawful();
    second.case_number = "2026-2";
    send(node, second, "TEST");
    auto const before = count_marks(node);
    ASSERT_TRUE(node.store
            ->write([](Transaction& t) -> Result<void> {
                TRY(t.run("DELETE FROM casework_mark"));
                TRY(t.run("UPDATE casework_case SET related = 0"));
                TRY(t.run("UPDATE casework_unmarked SET content = 1000"));
                return {};
            })
            .ok());
    Related room { *node.store, *node.vault, [&node] { return node.now; } };
    EXPECT_EQ(room.index_some().value(), 2);
    EXPECT_EQ(room.index_some().value(), 0);
    EXPECT_EQ(count_marks(node), before);
    EXPECT_EQ(related(node, "2026-2", "TEST").size(), 1);
    EXPECT_EQ(node.row("2026-2").related, 1);
    EXPECT_EQ(node.row("2026-0417").related, 1);
}

} // namespace comity::casework
