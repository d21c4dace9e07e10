#pragma once

#include "rights/trial_rights_test.h"

/// A person asks the State that received data about him, or the one that sent them.
namespace comity::rights::trial {

using message::CommentPosition;
using message::PersonClaim;

constexpr auto ours = "2026-0417", theirs = "BG/2026-0417";
constexpr auto officer = "TEST protection";

inline Date day(std::string_view text)
{
    return parse_date(text).value();
}

/// He writes in Cyrillic; Romania's register has him in Latin letters.
inline PersonDraft letter_of_stoyan()
{
    PersonDraft out;
    out.names = { { "Желязков ТЕСТ", "Стоян" } };
    out.birth_date = day("1979-04-12");
    out.address = "1 Test Street, Sofia TEST";
    out.claims = { PersonClaim::information };
    out.identity_check = IdentityCheck::document_seen;
    out.language = "bg";
    out.received_on = day("2026-04-17");
    return out;
}

/// Sofia asked and Bucharest answered about a car of his.
struct Answered : Three {
    Answered()
    {
        auto car = vehicle("B 123 ABC");
        message::Person const stoyan { "Zhelyazkov TEST", "Stoyan", false, day("1979-04-12"),
            "Bucharest TEST", {} };
        car.owner = stoyan;
        car.holder = stoyan;
        auto const line = json::to_text(car);
        EXPECT_TRUE(bucharest.store
                ->write([&](Transaction& t) { return casework::import_vehicles(t, line); })
                .ok());
        EXPECT_TRUE(sofia.casework->send(lawful(), "TEST").value().message);
        carry();
    }

    /// Registered, searched and chosen in whole; Sofia's deadline is 2026-05-17.
    std::int64_t chosen(Desk& desk, PersonDraft const& draft)
    {
        auto const place = desk.persons.enter(draft, officer).value();
        if (!desk.persons.view(place, officer).value().line.deadline) {
            DeadlineDraft const stated { day("2026-05-17"), "TEST law, Art. 1" };
            EXPECT_TRUE(desk.persons.set_deadline(place, stated, officer).ok());
        }
        EXPECT_GT(desk.persons.search(place, officer).value(), 0U);
        std::vector<std::string> items;
        for (auto const& each : desk.persons.view(place, officer).value().items)
            items.push_back(each.item);
        EXPECT_TRUE(desk.persons.choose(place, items, officer).ok());
        return place;
    }
    /// The first item of a request.
    PersonItemView item(Desk& desk, std::int64_t place)
    {
        return desk.persons.view(place, officer).value().items.at(0);
    }
    Result<PersonTold> decide(Desk& desk, std::int64_t place, ItemAnswer answer,
        std::optional<std::string> ground = {}, std::optional<std::string> told = {})
    {
        return desk.persons.decide(place,
            { item(desk, place).item, answer, std::move(ground), std::move(told), {} }, officer);
    }
    /// Bucharest is asked for its comment.
    std::int64_t asked()
    {
        auto const place = chosen(sofia, letter_of_stoyan());
        EXPECT_EQ(sofia.persons.ask_comments(place, "We mean to tell him all TEST", officer)
                      .value()
                      .messages.size(),
            1U);
        carry();
        return place;
    }
    Result<PersonTold> comment(CommentPosition position, std::optional<std::string> text = {})
    {
        auto const place = bucharest.persons.asked_of_us().value().at(0).place;
        auto out
            = bucharest.persons.answer_comment(place, { position, std::move(text), {} }, officer);
        carry();
        return out;
    }
};

} // namespace comity::rights::trial
