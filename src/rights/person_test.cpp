#include "rights/trial_person_test.h"

#include "casework/exports.h"
#include "protection/operation_reading.h"

/// A31(4)(g)-1, (g)-2, (h): a person's request from registering to the letter.
namespace comity::rights {

using namespace trial;
using casework::CorrectedMember;

namespace {

std::string text_of(document::Document const& document)
{
    return document::html(document);
}

bool says(std::string const& text, std::string_view what)
{
    return text.find(what) != std::string::npos;
}

std::vector<protection::OperationEntry> log_of(Desk& desk)
{
    return desk.store->read([](Transaction& t) { return protection::newest_operations(t, 1000); })
        .value();
}

} // namespace

TEST(PersonRequests, are_registered_with_a_person_who_lies_sealed_and_a_clock)
{
    Answered states;
    auto const place = states.bucharest.persons.enter(letter_of_stoyan(), officer).value();
    auto const view = states.bucharest.persons.view(place, officer).value();
    EXPECT_EQ(view.line.deadline, day("2026-05-17")) << "30 days, by the law of Romania";
    EXPECT_EQ(view.line.days_left, 30);
    EXPECT_EQ(view.deadline_source, "TEST");
    EXPECT_EQ(view.asked.value().names.at(0).family, "Желязков ТЕСТ");
    auto const unknown = states.sofia.persons.enter(letter_of_stoyan(), officer).value();
    EXPECT_FALSE(states.sofia.persons.view(unknown, officer).value().line.deadline)
        << "nobody found the law of Bulgaria";
    EXPECT_EQ(states.sofia.persons.list().value().size(), 1U);
    if (auto const bytes = read_file(states.sofia.folder / "db"); bytes.ok()) {
        EXPECT_EQ(as_text(bytes.value()).find("Желязков"), std::string_view::npos);
    }
}

TEST(PersonRequests, are_not_registered_without_what_the_clock_or_the_search_needs)
{
    Answered states;
    auto const field = [&](auto const& change) {
        auto draft = letter_of_stoyan();
        change(draft);
        auto const entered = states.sofia.persons.enter(draft, officer);
        return entered.ok() ? std::string { "entered" } : entered.error().field;
    };
    EXPECT_EQ(field([](auto& draft) { draft.names.clear(); }), "names");
    EXPECT_EQ(field([](auto& draft) { draft.names[0].family.clear(); }), "names[0].family");
    EXPECT_EQ(field([](auto& draft) { draft.names[0].family.assign(201, 'A'); }), "names[0]");
    EXPECT_EQ(field([](auto& draft) {
        draft.names = { { "Zhelyazkov", {} } };
        draft.birth_date.reset();
    }),
        "names")
        << "one name alone is everybody's";
    EXPECT_EQ(field([](auto& draft) { draft.names = { { "Suharto", {} } }; }), "entered")
        << "with its day of birth it is not";
    EXPECT_EQ(field([](auto& draft) { draft.claims.clear(); }), "claims");
    EXPECT_EQ(field([](auto& draft) { draft.claims.push_back(draft.claims[0]); }), "claims");
    EXPECT_EQ(field([](auto& draft) { draft.language = "fr"; }), "language");
    EXPECT_EQ(field([](auto& draft) { draft.received_on = day("2026-04-18"); }), "receivedOn");
    EXPECT_EQ(field([](auto& draft) { draft.birth_date = day("2026-04-18"); }), "birthDate");
    EXPECT_EQ(field([](auto& draft) { draft.documents = { "" }; }), "documents[0]");
    EXPECT_EQ(field([](auto& draft) { draft.letter = std::string(4001, 'a'); }), "letter");
    EXPECT_EQ(field([](auto& draft) { draft.letter = std::string(4000, 'a'); }), "entered");
    EXPECT_EQ(states.sofia.persons.view(77, officer).error().kind, Error::Kind::not_found);
}

TEST(PersonRequests, have_a_day_that_the_officer_states_with_its_source)
{
    Answered states;
    auto& persons = states.sofia.persons;
    auto const place = persons.enter(letter_of_stoyan(), officer).value();
    auto const stated = [&](std::string_view deadline, std::string source) {
        auto const done = persons.set_deadline(place, { day(deadline), source }, officer);
        return done.ok() ? std::string { "stated" } : done.error().field;
    };
    EXPECT_EQ(stated("2026-05-17", ""), "source");
    EXPECT_EQ(stated("2026-04-17", "TEST law"), "deadline");
    EXPECT_EQ(stated("2026-04-18", "TEST law"), "stated");
    EXPECT_EQ(persons.view(place, officer).value().deadline_source, "TEST law (TEST protection)");
}

TEST(PersonRequests, find_what_is_held_in_another_script_and_list_it_without_a_look_inside)
{
    Answered states;
    auto& persons = states.sofia.persons;
    auto const place = persons.enter(letter_of_stoyan(), officer).value();
    auto const before = log_of(states.sofia).size();
    ASSERT_EQ(persons.search(place, officer).value(), 1U);
    for (std::size_t i = 0; i < log_of(states.sofia).size() - before; ++i)
        EXPECT_EQ(log_of(states.sofia)[i].item, "person-request/1") << "nothing else was read";
    auto const item = states.item(states.sofia, place);
    EXPECT_EQ(item.type, "answer");
    EXPECT_EQ(item.direction, "in");
    EXPECT_EQ(item.party, "RO");
    EXPECT_EQ(item.owner, "RO");
    EXPECT_EQ(item.case_number, ours);
    EXPECT_EQ(item.purpose, "investigation");
    EXPECT_FALSE(item.legal_basis.empty());
    EXPECT_EQ(item.found_by, std::vector<std::string> { "person" });
    EXPECT_TRUE(item.entry.has_value()) << "of the register";
    auto const sent = states.bucharest.persons.enter(letter_of_stoyan(), officer).value();
    ASSERT_EQ(states.bucharest.persons.search(sent, officer).value(), 1U);
    EXPECT_EQ(states.item(states.bucharest, sent).direction, "out");
}

TEST(PersonRequests, find_a_file_that_bears_the_name_where_nothing_else_of_its_message_does)
{
    Answered states;
    auto& sofia = states.sofia;
    auto const& files = sofia.casework->files();
    auto const picture = to_bytes("\xFF\xD8\xFF TEST");
    auto const file = files.begin({ "Zhelyazkov_Stoyan scan.jpg", picture.size() }, "TEST").value();
    ASSERT_TRUE(files.put(file.number, 1, picture, "TEST").ok());
    auto draft = lawful();
    draft.case_number = "2026-0500";
    draft.files = { file.number };
    ASSERT_TRUE(sofia.casework->send(draft, "TEST").value().message);
    auto const place = sofia.persons.enter(letter_of_stoyan(), officer).value();
    ASSERT_EQ(sofia.persons.search(place, officer).value(), 2U);
    auto const items = sofia.persons.view(place, officer).value().items;
    auto const found = std::ranges::find(items, "2026-0500", &PersonItemView::case_number);
    ASSERT_NE(found, items.end());
    EXPECT_EQ(found->found_by, std::vector<std::string> { "file" });
}

TEST(PersonRequests, find_nothing_of_another_person)
{
    Answered states;
    auto const found = [&](auto const& change) {
        auto draft = letter_of_stoyan();
        change(draft);
        auto const place = states.sofia.persons.enter(draft, officer).value();
        return states.sofia.persons.search(place, officer).value();
    };
    EXPECT_EQ(found([](auto& draft) { draft.birth_date = day("1979-04-13"); }), 0U);
    EXPECT_EQ(found([](auto& draft) { draft.names = { { "Иванов ТЕСТ", "Стоян" } }; }), 0U);
    EXPECT_EQ(found([](auto& draft) { draft.birth_date = {}; }), 1U) << "a namesake perhaps";
    EXPECT_EQ(found([](auto& draft) { draft.names[0] = { "STOYAN ZHELYAZKOV", "Test" }; }), 1U);
}

TEST(PersonRequests, open_an_item_for_a_stated_purpose_alone_and_note_it)
{
    Answered states;
    auto& persons = states.sofia.persons;
    auto const place = persons.enter(letter_of_stoyan(), officer).value();
    ASSERT_TRUE(persons.search(place, officer).ok());
    auto const item = states.item(states.sofia, place).item;
    EXPECT_EQ(persons.open(place, { item, "" }, officer).error().field, "purpose");
    EXPECT_EQ(persons.open(place, { "other", "TEST" }, officer).error().field, "item");
    auto const opened = persons.open(place, { item, "Is it he? TEST" }, officer).value();
    ASSERT_TRUE(opened.content.has_value());
    EXPECT_TRUE(says(json::print(*opened.content), "Zhelyazkov"));
    auto const line = log_of(states.sofia).at(0);
    EXPECT_EQ(line.item, item);
    EXPECT_EQ(line.officer, officer);
    EXPECT_EQ(line.remark, "A31(4)(g), person's request 1: Is it he? TEST");
}

TEST(PersonRequests, are_answered_with_a_letter_in_the_language_of_the_person_and_its_remedy)
{
    Answered states;
    auto& persons = states.bucharest.persons; // It sent the data: nobody has to be heard.
    auto draft = letter_of_stoyan();
    auto const place = states.chosen(states.bucharest, draft);
    EXPECT_EQ(persons.preview(place, officer).error().kind, Error::Kind::conflict)
        << "nothing is decided";
    EXPECT_EQ(persons.mark_sent(place, day("2026-04-17"), officer).error().field, "place");
    auto const decided = states.decide(states.bucharest, place, ItemAnswer::full).value();
    EXPECT_TRUE(decided.done);
    auto const seen = text_of(persons.preview(place, officer).value().document);
    EXPECT_TRUE(says(seen, "Отговор на Вашето искане за лични данни"));
    EXPECT_TRUE(says(seen, "Zhelyazkov TEST")) << "what is held";
    EXPECT_TRUE(says(seen, "Съобщава Ви се изцяло."));
    EXPECT_TRUE(says(seen, "Supervisory body TEST, Bucharest")) << "A31(4)(h)";
    auto const letter = persons.letter(place, officer).value();
    EXPECT_EQ(as_text(letter.file).substr(0, 5), "%PDF-");
    auto const exports = states.bucharest.store
                             ->read([](Transaction& t) { return casework::exports_of(t, theirs); })
                             .value();
    ASSERT_EQ(exports.size(), 1U);
    EXPECT_EQ(exports[0].sha256, letter.sha256);
    EXPECT_EQ(exports[0].piece, "person-letter");
    EXPECT_TRUE(exports[0].entry) << "an act of the register";
    EXPECT_EQ(states.item(states.bucharest, place).exports.size(), 1U);
    EXPECT_EQ(persons.mark_sent(place, day("2026-04-16"), officer).error().field, "sentOn");
    EXPECT_EQ(persons.mark_sent(place, day("2026-04-18"), officer).error().field, "sentOn");
    ASSERT_TRUE(persons.mark_sent(place, day("2026-04-17"), officer).ok());
    EXPECT_EQ(persons.list().value().at(0).sent_on, day("2026-04-17"));
    EXPECT_EQ(
        persons.mark_sent(place, day("2026-04-17"), officer).error().kind, Error::Kind::conflict);
    EXPECT_EQ(persons.letter(place, officer).error().kind, Error::Kind::conflict);
}

TEST(PersonRequests, whose_Party_names_no_remedy_say_that_the_office_will)
{
    Answered states;
    auto draft = letter_of_stoyan();
    draft.names = { { "Иванов ТЕСТ", "Иван" } };
    draft.language = "es";
    auto const place = states.sofia.persons.enter(draft, officer).value();
    EXPECT_EQ(states.sofia.persons.preview(place, officer).error().kind, Error::Kind::conflict)
        << "nobody searched";
    EXPECT_EQ(states.sofia.persons.search(place, officer).value(), 0U);
    auto const text = text_of(states.sofia.persons.preview(place, officer).value().document);
    EXPECT_TRUE(says(text, "Esta oficina le dirá a cuál."));
    EXPECT_TRUE(says(text, "no se tiene nada"));
}

TEST(PersonRequests, decide_in_part_or_refuse_on_a_ground_and_never_what_was_not_asked)
{
    Answered states;
    auto& desk = states.bucharest;
    auto const place = states.chosen(desk, letter_of_stoyan());
    auto const field = [&](ItemAnswer answer, std::optional<std::string> ground,
                           std::optional<std::string> told) {
        auto const done = states.decide(desk, place, answer, ground, told);
        return done.ok() ? std::string { "decided" } : done.error().field;
    };
    EXPECT_EQ(field(ItemAnswer::refused, {}, {}), "ground");
    EXPECT_EQ(field(ItemAnswer::partial, "TEST law", {}), "told");
    EXPECT_EQ(field(ItemAnswer::full, {}, "TEST"), "told");
    EXPECT_EQ(field(ItemAnswer::corrected, "TEST", {}), "answer");
    EXPECT_EQ(field(ItemAnswer::destroyed, "TEST", {}), "answer");
    auto const refused
        = states.decide(desk, place, ItemAnswer::refused, "TEST law, Art. 9").value();
    EXPECT_TRUE(refused.done);
    auto const cites = json::print(treaty::write(*refused.decision));
    EXPECT_TRUE(says(cites, "A31(4)(g)-1")) << "the exception of the national law";
    EXPECT_EQ(field(ItemAnswer::full, {}, {}), "item") << "decided once";
    auto const text = text_of(desk.persons.preview(place, officer).value().document);
    EXPECT_TRUE(says(text, "TEST law, Art. 9"));
    EXPECT_FALSE(says(text, "Zhelyazkov TEST"));
}

TEST(PersonRequests, carry_a_correction_to_every_receiver)
{
    Answered states;
    auto& desk = states.bucharest;
    auto draft = letter_of_stoyan();
    draft.claims = { PersonClaim::information, PersonClaim::correction };
    auto const place = states.chosen(desk, draft);
    auto const item = states.item(desk, place).item;
    AnswerDraft answer { item, ItemAnswer::corrected, "The colour is green TEST" };
    EXPECT_EQ(desk.persons.decide(place, answer, officer).error().field, "members");
    answer.members = std::vector { CorrectedMember { "vehicles[0].colour", "green" } };
    auto const done = desk.persons.decide(place, answer, officer).value();
    EXPECT_TRUE(done.done);
    EXPECT_EQ(done.messages.size(), 1U);
    states.carry();
    EXPECT_EQ(states.sofia.said(ours, 1).at("vehicles").at(0).at("colour").as_string(), "green");
}

TEST(PersonRequests, carry_a_destruction_to_every_receiver_and_then_destroy_their_own)
{
    Answered states;
    auto& desk = states.bucharest;
    auto draft = letter_of_stoyan();
    draft.claims = { PersonClaim::destruction };
    auto const place = states.chosen(desk, draft);
    auto const item = states.item(desk, place).item;
    auto const gone = [&](Desk& at) {
        return !at.store->read([&](Transaction& t) { return at.vault->label(t, item); }).ok();
    };
    ASSERT_TRUE(
        states.decide(desk, place, ItemAnswer::destroyed, "Sent unlawfully TEST").value().done);
    EXPECT_EQ(desk.persons.work().value(), 0U) << "its receiver did not confirm yet";
    EXPECT_FALSE(gone(desk));
    EXPECT_FALSE(states.item(desk, place).settled);
    states.carry();
    EXPECT_TRUE(gone(states.sofia));
    EXPECT_TRUE(gone(desk));
    EXPECT_TRUE(states.item(desk, place).settled);
}

TEST(PersonRequests, destroy_what_came_and_tell_its_sender_why)
{
    Answered states;
    auto draft = letter_of_stoyan();
    draft.claims = { PersonClaim::destruction };
    auto const place = states.chosen(states.sofia, draft);
    ASSERT_TRUE(states.sofia.persons.ask_comments(place, "Unlawful TEST", officer).ok());
    states.carry();
    ASSERT_TRUE(states.comment(CommentPosition::no_objection).ok());
    auto const item = states.item(states.sofia, place).item;
    ASSERT_TRUE(
        states.decide(states.sofia, place, ItemAnswer::destroyed, "Unlawful TEST").value().done);
    states.carry();
    EXPECT_FALSE(
        states.sofia.store->read([&](Transaction& t) { return states.sofia.vault->label(t, item); })
            .ok());
    EXPECT_EQ(states.bucharest.protection(theirs).notices.at(0).kind, "doubt-notice");
}

} // namespace comity::rights
