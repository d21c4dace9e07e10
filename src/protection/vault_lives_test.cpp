#include "protection/trial_vault_test.h"

#include <fmt/format.h>

#include <random>

/// Random lives of a thousand items, held day by day against a model that knows nothing of keys.
namespace comity::protection {
namespace {

using namespace trial;
using std::chrono::days;
using store::Transaction;

constexpr int items = 1000, days_lived = 40, acts_a_day = 6, reads_a_day = 100;
Date const first_day = day("2026-04-17");

/// What an item's history comes to, worked out without the vault.
struct Life {
    Date own_rule, hold_until {}, consent_until {};
    std::optional<Date> need {};
    bool destroyed = false;

    Date last() const { return need && *need < own_rule ? *need : own_rule; }
    bool open_on(Date today) const { return !destroyed && today < last(); }
    bool usable_on(Date today, std::string_view purpose) const
    {
        return open_on(today) && (purpose == "investigation" || today <= consent_until);
    }
    bool gone_by(Date today) const { return destroyed || (last() <= today && hold_until <= today); }
};

class Lives {
public:
    void run()
    {
        for (int i = 0; i < days_lived; ++i) {
            today_ = first_day + days { i };
            node_.go_to(today_);
            bear(items / days_lived);
            for (int act = 0; act < acts_a_day; ++act) live();
            ASSERT_TRUE(node_.destroy_due(10'000).ok());
            for (auto& each : lives_) each.destroyed |= each.gone_by(today_);
            look();
            if (i % 10 == 9) node_.open();
        }
        look_at_all();
    }

private:
    int any(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
    Date any_day() { return today_ + days { 1 + any(30) }; }
    static std::string name(std::size_t place) { return fmt::format("item {}", place); }

    void bear(int count)
    {
        auto const done = node_.store->write([&](Transaction& t) -> Result<void> {
            for (int i = 0; i < count; ++i) {
                lives_.push_back({ any_day() });
                auto const owner = any(2) == 0 ? "RO" : "RS";
                TRY(node_.vault->put(
                    t, item_of(name(lives_.size() - 1), lives_.back().own_rule, owner), actor));
            }
            return {};
        });
        ASSERT_TRUE(done.ok());
    }
    /// One act on one item, in the vault and in the model.
    void live()
    {
        auto const place = static_cast<std::size_t>(any(static_cast<int>(lives_.size())));
        auto& life = lives_[place];
        auto const id = name(place);
        auto const kind = any(4);
        auto const date = any_day();
        auto const done = node_.store->write([&](Transaction& t) -> Result<void> {
            auto& vault = *node_.vault;
            if (kind == 0) {
                TRY(vault.destroy(t, id, message::DestructionGround::wrong, actor));
                return {};
            }
            if (kind == 1) return vault.set_deadlines(t, id, { life.own_rule, {}, date }, actor);
            if (kind == 2) return vault.set_hold(t, id, Hold { "court TEST", date }, actor);
            auto const owner = TRY(vault.read(t, id, officer_of())).label;
            if (!owner) return Error { Error::Kind::not_found, "closed" };
            return vault.add_consent(t, id,
                { message::ConsentSubject::other_purpose, "TEST", owner->owner, "taxation", {},
                    date },
                actor);
        });
        if (!done.ok()) return;
        if (kind == 0) life.destroyed = true;
        if (kind == 1) life.need = date;
        if (kind == 2) life.hold_until = date;
        if (kind == 3) life.consent_until = std::max(life.consent_until, date);
    }
    void read(Transaction& t, std::size_t place, std::string_view purpose)
    {
        auto const& life = lives_[place];
        auto const found = node_.vault->read(t, name(place), officer_of(std::string { purpose }));
        bool const opened = found.ok() && found.value().content.has_value();
        EXPECT_EQ(opened, life.usable_on(today_, purpose))
            << name(place) << " on " << to_text(today_) << " for " << purpose;
        EXPECT_EQ(found.ok(), !life.destroyed) << name(place);
        opened_ += opened;
        refused_ += !opened;
    }
    void look()
    {
        auto const done = node_.store->write([&](Transaction& t) -> Result<void> {
            for (int i = 0; i < reads_a_day; ++i)
                read(t, static_cast<std::size_t>(any(static_cast<int>(lives_.size()))),
                    any(2) == 0 ? "investigation" : "taxation");
            return {};
        });
        ASSERT_TRUE(done.ok());
    }
    void look_at_all()
    {
        auto const done = node_.store->write([&](Transaction& t) -> Result<void> {
            for (std::size_t i = 0; i < lives_.size(); ++i) read(t, i, "investigation");
            return {};
        });
        ASSERT_TRUE(done.ok());
        EXPECT_EQ(lives_.size(), items);
        EXPECT_GT(opened_, 500) << "enough of each to say something";
        EXPECT_GT(refused_, 500);
        EXPECT_TRUE(
            node_.store->read([&](Transaction& t) { return node_.vault->verify_log(t); }).ok());
    }

    Node node_;
    std::mt19937 random_ { 20260417 }; // NOLINT: the same lives every time
    std::vector<Life> lives_;
    Date today_ {};
    int opened_ = 0, refused_ = 0;
};

} // namespace

TEST(VaultLives, none_of_a_thousand_items_is_read_past_its_date_or_used_outside_its_purpose)
{
    Lives {}.run();
}

} // namespace comity::protection
