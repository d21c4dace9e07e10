#include "rights/trial_person_test.h"

/// A31(4)(g) beside A10(1), A16(7): what a compartment holds about a person is found for his
/// request, and told to nobody who is not named for the compartment.
namespace comity::rights {

using namespace trial;

namespace {

/// Both supervise every case, as who answers persons does.
Officer outside()
{
    Officer out { "dpo", "dpo TEST", 0 };
    out.sees_all = true;
    return out;
}

Officer inside()
{
    auto out = outside();
    out.account = "witness-dpo";
    out.compartments = { access::Compartment::witness_protection };
    return out;
}

/// Sofia asks Bucharest to protect somebody; a code stands in his place, a sentence names him.
struct Protected : Answered {
    Protected()
    {
        auto draft = lawful();
        draft.kind = "witness-protection";
        draft.plate.reset();
        draft.need_ground.reset();
        draft.case_number = "2026-0600";
        auto const text = read_file("tests/messages/request.witness-protection.json").value();
        auto const example = json::parse(as_text(text)).value().as_object();
        draft.query = json::Object { { "witness", example.at("witness") },
            { "text", "Behind the code is Stoyan Zhelyazkov of Vidin." } };
        draft.facts = json::Object { { "judicial-reserved", false },
            { "compartment", "witness-protection" } };
        auto const sent = sofia.casework->send(draft, "TEST").value();
        EXPECT_TRUE(sent.message) << json::print(treaty::write(sent.decision));
        secret = sent.message.value_or("");
        carry();
    }
    std::string secret;

    std::int64_t searched(
        Desk& desk, std::vector<PersonClaim> claims = { PersonClaim::information })
    {
        auto draft = letter_of_stoyan();
        draft.claims = std::move(claims);
        auto const place = desk.persons.enter(draft, outside()).value();
        if (!desk.persons.view(place, outside()).value().line.deadline) {
            DeadlineDraft const stated { day("2026-05-17"), "TEST law, Art. 1" };
            EXPECT_TRUE(desk.persons.set_deadline(place, stated, outside()).ok());
        }
        EXPECT_EQ(desk.persons.search(place, outside()).value(), 2U);
        return place;
    }
    PersonItemView seen(Desk& desk, std::int64_t place, Officer const& by)
    {
        for (auto const& each : desk.persons.view(place, by).value().items)
            if (each.item == secret) return each;
        ADD_FAILURE() << "it was not found";
        return {};
    }
};

/// Nothing where it was done.
template <class T> std::optional<Error::Kind> kind_of(Result<T> const& result)
{
    return result.ok() ? std::nullopt : std::optional { result.error().kind };
}

} // namespace

TEST(PersonSecrets, are_found_at_both_ends_and_tell_nothing_to_who_is_not_named)
{
    Protected states;
    for (auto* desk : { &states.sofia, &states.bucharest }) {
        auto const place = states.searched(*desk);
        auto const closed = states.seen(*desk, place, outside());
        EXPECT_TRUE(closed.closed);
        PersonItemView nothing;
        nothing.item = states.secret;
        nothing.closed = true;
        EXPECT_EQ(json::to_text(closed), json::to_text(nothing)) << "not even its type";
        auto const opened
            = desk->persons.open(place, { states.secret, "to decide TEST" }, outside()).value();
        EXPECT_FALSE(opened.judgement.permitted());
        EXPECT_FALSE(opened.content);
        auto const shown = states.seen(*desk, place, inside());
        EXPECT_FALSE(shown.closed);
        EXPECT_EQ(shown.type, "request");
        EXPECT_EQ(shown.found_by, std::vector<std::string> { "file" });
        EXPECT_TRUE(desk->persons.open(place, { states.secret, "to decide TEST" }, inside())
                .value()
                .content);
    }
}

TEST(PersonSecrets, are_chosen_and_decided_by_who_is_named_alone)
{
    Protected states;
    auto& persons = states.sofia.persons;
    auto const place = states.searched(states.sofia);
    EXPECT_EQ(
        kind_of(persons.choose(place, { states.secret }, outside())), Error::Kind::not_permitted);
    ASSERT_TRUE(persons.choose(place, { states.secret }, inside()).ok());
    ASSERT_TRUE(persons.choose(place, {}, outside()).ok());
    EXPECT_TRUE(states.seen(states.sofia, place, inside()).chosen) << "not his to take back";
    AnswerDraft const refusal { states.secret, ItemAnswer::refused, "TEST law, Art. 9", {}, {} };
    EXPECT_EQ(kind_of(persons.decide(place, refusal, outside())), Error::Kind::not_permitted);
    EXPECT_EQ(kind_of(persons.preview(place, outside())), Error::Kind::conflict)
        << "it is not decided";
    ASSERT_TRUE(persons.decide(place, refusal, inside()).value().done);
    auto const letter = document::html(persons.preview(place, outside()).value().document);
    for (auto const* word : { "TEST law, Art. 9", "Молба", "Румъния" })
        EXPECT_EQ(letter.find(word), letter.npos) << "what is refused there is not spoken of";
    EXPECT_EQ(persons.list().value().at(0).decided, 1);
}

TEST(PersonSecrets, that_are_told_leave_in_a_letter_of_who_is_named_alone)
{
    Protected states;
    auto& persons = states.sofia.persons;
    auto const place = states.searched(states.sofia);
    ASSERT_TRUE(persons.choose(place, { states.secret }, inside()).ok());
    AnswerDraft const told { states.secret, ItemAnswer::full, {}, {}, {} };
    ASSERT_TRUE(persons.decide(place, told, inside()).value().done);
    EXPECT_EQ(kind_of(persons.preview(place, outside())), Error::Kind::not_permitted);
    EXPECT_EQ(kind_of(persons.letter(place, outside())), Error::Kind::not_permitted);
    auto const letter = document::html(persons.preview(place, inside()).value().document);
    EXPECT_NE(letter.find("Zhelyazkov of Vidin"), letter.npos);
}

TEST(PersonSecrets, are_destroyed_at_the_persons_word_after_the_sender_was_heard)
{
    Protected states;
    auto& persons = states.bucharest.persons;
    auto const place = states.searched(states.bucharest, { PersonClaim::destruction });
    ASSERT_TRUE(persons.choose(place, { states.secret }, inside()).ok());
    EXPECT_TRUE(
        persons.ask_comments(place, "We mean to destroy TEST", outside()).value().messages.empty())
        << "its sender is asked by who is named";
    ASSERT_EQ(
        persons.ask_comments(place, "We mean to destroy TEST", inside()).value().messages.size(),
        1U);
    states.carry();
    EXPECT_TRUE(persons.view(place, outside()).value().comments.empty());
    EXPECT_EQ(persons.view(place, inside()).value().comments.size(), 1U);
    auto const asked = states.sofia.persons.asked_of_us().value().at(0).place;
    ASSERT_TRUE(states.sofia.persons
            .answer_comment(asked, { CommentPosition::no_objection, {}, {} }, inside())
            .value()
            .done);
    states.carry();
    AnswerDraft const gone { states.secret, ItemAnswer::destroyed, "Kept too long TEST", {}, {} };
    ASSERT_TRUE(persons.decide(place, gone, inside()).value().done);
    auto const opened = states.bucharest.store->read(
        [&](Transaction& t) { return states.bucharest.vault->label(t, states.secret); });
    EXPECT_FALSE(opened.ok()) << "its key is gone";
}

} // namespace comity::rights
