#include "exchange/sweep.h"
#include "rights/trial_rights_test.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

/// Random lives of a thousand items over three nodes whose lines come and go, held day by day
/// against a model that knows what was asked, agreed and brought, and nothing of keys or labels.
namespace comity::rights {
namespace {

using namespace trial;
using exchange::Difference;
using message::ConsentSubject;
using message::Type;
using std::chrono::days;

constexpr int days_lived = 24, requests_a_day = 11, acts_a_day = 16, reads_a_day = 120;
constexpr std::array<std::string_view, 3> states { "BG", "RO", "RS" };
Date const first_day = parse_date("2026-04-18").value();

/// One State's copy of what a message said.
struct Copy {
    std::size_t owner; ///< Whose data it is.
    std::string number; ///< Of the case here.
    std::string type;
    bool came; ///< From another State.
    Date erase_by; ///< As the signed manifest says.
    std::optional<Date> need {}; ///< The need ended earlier.
    Date hold_until {};
    bool gone = false; ///< Destroyed here.
    std::optional<Date> entered {}; ///< When the register said so.

    Date last() const { return need && *need < erase_by ? *need : erase_by; }
    bool due(Date today) const { return last() <= today && hold_until <= today; }
};

struct Key {
    std::size_t node;
    std::string message;
    auto operator<=>(Key const&) const = default;
};

/// A letter under way, and what is so once it is there.
struct Letter {
    std::size_t from, to;
    std::string message;
    std::function<void()> arrived;
};

/// Asked by one State of another, for one copy.
struct Agreement {
    Key of;
    std::size_t owner;
    std::string owner_number, asked {};
    enum class Stage : std::uint8_t { under_way, asked, answered, given, taken_back } stage {};
    Date until {}; ///< Its last day.
};

struct Case {
    std::size_t asker;
    std::string number;

    std::string at(std::size_t node) const
    {
        return node == asker ? number : fmt::format("{}/{}", states.at(asker), number);
    }
};

class Lives {
public:
    void run()
    {
        for (std::size_t node = 0; node < states.size(); ++node)
            for (int plate = 0; plate < 5; ++plate) add_vehicle(desk(node), known_plate(plate));
        for (int i = 0; i < days_lived; ++i) {
            today_ = first_day + days { i };
            for (std::size_t node = 0; node < states.size(); ++node) desk(node).go_to(today_);
            for (int each = 0; each < requests_a_day; ++each) ask();
            for (int each = 0; each < acts_a_day; ++each) act();
            bring();
            learn();
            destroy();
            for (int each = 0; each < reads_a_day; ++each) look(any_copy(), any(2) == 0);
            for (auto const& each : agreements_) look({ each->of, &copies_.at(each->of) }, false);
            compare_registers();
            if (testing::Test::HasFailure()) return;
        }
        for (auto& [key, copy] : copies_) look({ key, &copy }, true);
        expect_enough();
    }

private:
    using Found = std::pair<Key, Copy*>;

    int any(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
    std::size_t any_node() { return static_cast<std::size_t>(any(3)); }
    Date any_day() { return today_ + days { 1 + any(20) }; }
    static std::string known_plate(int which) { return fmt::format("B 10{} TST", which); }
    Desk& desk(std::size_t node)
    {
        return node == 0 ? nodes_.sofia : node == 1 ? nodes_.bucharest : nodes_.belgrade;
    }
    /// In the order in which they came: ids are another in every run.
    Found any_copy()
    {
        auto const& key = order_.at(static_cast<std::size_t>(any(static_cast<int>(order_.size()))));
        return { key, &copies_.at(key) };
    }
    std::optional<exchange::Stored> stored(std::size_t node, std::string const& message)
    {
        auto const found = desk(node).store->read(
            [&](Transaction& t) { return exchange::message_by_id(t, message); });
        return found.ok() ? std::optional { found.value() } : std::nullopt;
    }

    void ask()
    {
        auto const from = any_node();
        auto const to = (from + 1 + static_cast<std::size_t>(any(2))) % states.size();
        auto draft = lawful();
        draft.to = states.at(to);
        // Nobody answers what no register knows.
        draft.plate = any(10) < 6 ? known_plate(any(5)) : "B 999 TST";
        draft.case_number = fmt::format("TEST-{}", cases_.size());
        draft.erase_by = any_day();
        auto const sent = desk(from).casework->send(draft, "TEST");
        ASSERT_TRUE(sent.ok() && sent.value().message) << *draft.case_number;
        cases_.push_back({ from, *draft.case_number });
    }

    void act()
    {
        if (copies_.empty()) return;
        auto [key, copy] = any_copy();
        auto const kind = any(10);
        // Of what came, and is still there to be used.
        for (int i = 0; kind > 3 && i < 100 && (copy->gone || !copy->came); ++i)
            std::tie(key, copy) = any_copy();
        switch (kind) {
        case 0: return destroy_early(key, *copy);
        case 1: return end_need(key, *copy);
        case 2: return hold(key, *copy);
        case 3: return tell_unlawful(key, *copy);
        case 4: return ask_consent(key, *copy);
        case 5: return pass_on();
        default: return answer_or_take_back();
        }
    }
    template <class Do> bool done(std::size_t node, Do const& what)
    {
        return desk(node).store->write([&](Transaction& t) { return what(t); }).ok();
    }
    void destroy_early(Key const& key, Copy& copy)
    {
        auto& casework = *desk(key.node).casework;
        if (done(key.node, [&](Transaction& t) {
                return casework.destroy(t, key.message,
                    message::DestructionGround::no_longer_needed, { "TEST", copy.number });
            }))
            is_gone(key, copy);
    }
    void end_need(Key const& key, Copy& copy)
    {
        auto const day = any_day();
        auto& vault = *desk(key.node).vault;
        if (done(key.node, [&](Transaction& t) -> Result<void> {
                auto deadlines = TRY(vault.label(t, key.message)).deadlines;
                deadlines.end_of_need = day;
                return vault.set_deadlines(t, key.message, deadlines, { "TEST", copy.number });
            }))
            copy.need = day;
    }
    void hold(Key const& key, Copy& copy)
    {
        auto const day = any_day();
        auto& vault = *desk(key.node).vault;
        if (done(key.node, [&](Transaction& t) {
                return vault.set_hold(t, key.message, protection::Hold { "court TEST", day },
                    { "TEST", copy.number });
            }))
            copy.hold_until = day;
    }
    /// Its own State says that it should never have left: whoever received it destroys it, but
    /// where a court holds it.
    void tell_unlawful(Key const& key, Copy const& copy)
    {
        auto const told = desk(key.node).rights.correct(copy.number,
            { key.message, message::CorrectionGround::unlawfully_sent, {}, {} }, "TEST");
        if (!told.ok()) return;
        for (auto const& letter : told.value().messages) {
            auto const to = stored(key.node, letter)->peer;
            auto const there
                = static_cast<std::size_t>(std::ranges::find(states, to) - states.begin());
            letters_.push_back({ key.node, there, letter, [this, there, id = key.message] {
                                    auto const at = copies_.find({ there, id });
                                    if (at == copies_.end() || at->second.gone) return;
                                    if (at->second.hold_until == Date {})
                                        is_gone(at->first, at->second);
                                } });
        }
    }
    /// The newest request that nobody answered, to the third State.
    void pass_on()
    {
        for (auto at = cases_.rbegin(); at != cases_.rend(); ++at) {
            auto const& each = *at;
            for (std::size_t node = 0; node < states.size(); ++node) {
                if (node == each.asker) continue;
                json::Object const where { { "competentAuthority", "TEST" },
                    { "competentState", std::string { states.at(3 - node - each.asker) } } };
                auto const taken = desk(node).casework->take_step(
                    each.at(node), { json::word(Type::forwarding_notice), where }, "TEST");
                if (!taken.ok() || taken.value().messages.size() != 2) continue;
                ++passed_on_;
                return;
            }
        }
    }

    void ask_consent(Key const& key, Copy const& copy)
    {
        auto const told = desk(key.node).rights.ask_consent(copy.number,
            { key.message, ConsentSubject::other_purpose, "prevention", {}, {}, "TEST", {} },
            "TEST");
        if (!told.ok()) return;
        auto const slash = copy.number.find('/');
        bool const of_owner = slash != copy.number.npos;
        auto const owners = of_owner ? copy.number.substr(slash + 1)
                                     : fmt::format("{}/{}", states.at(key.node), copy.number);
        auto agreement = std::make_shared<Agreement>(
            Agreement { key, copy.owner, owners, told.value().messages.at(0) });
        agreements_.push_back(agreement);
        letters_.push_back({ key.node, copy.owner, agreement->asked,
            [agreement] { agreement->stage = Agreement::Stage::asked; } });
    }
    void answer_or_take_back()
    {
        using enum Agreement::Stage;
        for (auto const& each : agreements_) {
            if (each->stage == asked) return answer(each);
            if (each->stage == given && any(4) == 0) return take_back(each);
        }
    }
    std::optional<std::int64_t> place_of(Agreement const& of)
    {
        for (auto const& each : desk(of.owner).protection(of.owner_number).consents)
            if (each.message == of.asked) return each.place;
        return {};
    }
    void answer(std::shared_ptr<Agreement> const& to)
    {
        to->stage = Agreement::Stage::answered;
        auto const place = place_of(*to);
        ASSERT_TRUE(place) << to->owner_number;
        to->until = any_day();
        bool const granted = any(4) != 0;
        ConsentAnswerDraft draft { granted, {}, {}, {}, {} };
        if (granted) draft.valid_until = to->until;
        if (!granted) draft.withholding_ground = "national-law";
        auto const told
            = desk(to->owner).rights.answer_consent(to->owner_number, *place, draft, "TEST");
        if (!told.ok() || !granted) return; // its own copy is gone, or it said no
        letters_.push_back({ to->owner, to->of.node, told.value().messages.at(0), [this, to] {
                                to->stage = Agreement::Stage::given;
                                ++consents_;
                            } });
    }
    void take_back(std::shared_ptr<Agreement> const& of)
    {
        auto const told = desk(of->owner).rights.withdraw_consent(
            of->owner_number, place_of(*of).value(), "TEST", "TEST");
        if (!told.ok()) return;
        letters_.push_back({ of->owner, of->of.node, told.value().messages.at(0),
            [of] { of->stage = Agreement::Stage::taken_back; } });
    }

    /// Every line is up on three days of four; where one is not, a message may be numbered already.
    /// So are the registers that nodes answer from.
    void bring()
    {
        bool up[3][3], answers[3];
        for (auto& row : up)
            for (auto& line : row) line = any(4) != 0;
        for (auto& each : answers) each = any(4) != 0;
        for (bool moved = true; moved;) {
            moved = false;
            for (std::size_t from = 0; from < states.size(); ++from)
                for (std::size_t to = 0; to < states.size(); ++to)
                    if (from != to && up[from][to])
                        moved |= casework::trial::carry_one(desk(from), desk(to));
            for (std::size_t node = 0; node < states.size(); ++node)
                moved |= work(node, answers[node]) > 0;
        }
        for (std::size_t from = 0; from < states.size(); ++from)
            for (std::size_t to = 0; to < states.size(); ++to)
                if (from != to && !up[from][to] && any(2) == 0) number(from, to);
    }
    std::size_t work(std::size_t node, bool answers)
    {
        Result<std::size_t> const answered
            = answers ? desk(node).casework->work() : std::size_t { 0 };
        auto const told = desk(node).rights.work();
        EXPECT_TRUE(answered.ok()) << answered.error().what;
        EXPECT_TRUE(told.ok()) << told.error().field << ": " << told.error().what;
        return answered.ok() && told.ok() ? answered.value() + told.value() : 0;
    }
    void number(std::size_t from, std::size_t to)
    {
        EXPECT_TRUE(desk(from).exchange->number(std::string { states.at(to) }).ok());
    }
    /// What came, and what follows from each letter that is there now.
    void learn()
    {
        for (auto const& each : cases_)
            for (std::size_t node = 0; node < states.size(); ++node) learn(node, each);
        std::erase_if(letters_, [&](Letter const& letter) {
            auto const message = stored(letter.from, letter.message);
            if (!message || message->state != "delivered") return false;
            letter.arrived();
            return true;
        });
    }
    void learn(std::size_t node, Case const& of)
    {
        auto const contents = desk(node).store->read(
            [&](Transaction& t) { return casework::contents_of(t, of.at(node)); });
        for (auto const& content : contents.value()) {
            auto const message = stored(node, content.message);
            ASSERT_TRUE(message);
            auto const manifest = json::read_text<message::Manifest>(
                as_text(message->manifest), json::Unknown::keep);
            if (!manifest.value().retention) continue;
            bool const came = message->direction == "in";
            auto const sender = static_cast<std::size_t>(
                std::ranges::find(states, manifest.value().from.state) - states.begin());
            bool const asks = content.type == json::word(Type::request)
                || content.type == json::word(Type::forwarded_request);
            auto const fresh = copies_.try_emplace({ node, content.message },
                Copy { asks ? of.asker : sender, of.at(node), content.type, came,
                    manifest.value().retention->erase_by });
            if (fresh.second) order_.push_back(fresh.first->first);
        }
    }
    void is_gone(Key const& key, Copy& copy)
    {
        copy.gone = true;
        auto const message = stored(key.node, key.message);
        if (message && message->entry && message->state != "sent") copy.entered = today_;
    }
    /// The work of the night, which a node that is down leaves for later.
    void destroy()
    {
        for (std::size_t node = 0; node < states.size(); ++node) {
            if (any(6) == 0) continue;
            ASSERT_TRUE(desk(node).casework->destroy_due().ok());
            for (auto& [key, copy] : copies_) {
                if (key.node != node) continue;
                if (!copy.gone && copy.due(today_)) is_gone(key, copy);
                if (copy.gone && !copy.entered) is_gone(key, copy);
            }
        }
    }

    bool agreed(Key const& key) const
    {
        return std::ranges::any_of(agreements_, [&](auto const& each) {
            return each->of == key && each->stage == Agreement::Stage::given
                && today_ <= each->until;
        });
    }
    /// At every instant: open while its day has not come, for its purpose or with a consent.
    void look(Found const& found, bool for_its_purpose)
    {
        auto const& [key, copy] = found;
        protection::Use use;
        use.officer = "TEST";
        use.needs_to_know = true;
        use.need = copy->number;
        use.purpose = for_its_purpose ? "investigation" : "prevention";
        auto const read = desk(key.node).store->write(
            [&](Transaction& t) { return desk(key.node).vault->read(t, key.message, use); });
        bool const opened = read.ok() && read.value().content.has_value();
        bool const may = !copy->gone && today_ < copy->last() && (for_its_purpose || agreed(key));
        EXPECT_EQ(opened, may) << copy->type << " " << copy->number << " at " << states.at(key.node)
                               << " on " << to_text(today_) << " for " << use.purpose
                               << ", last day " << to_text(copy->last());
        opened_ += opened;
        refused_ += !opened;
        other_use_ += opened && !for_its_purpose;
    }

    using Named = std::set<std::pair<std::string, Difference::Kind>>;
    static Named named(std::vector<Difference> const& all, std::string_view holder)
    {
        Named out;
        for (auto const& each : all)
            if (each.holder == holder) out.emplace(each.message, each.kind);
        return out;
    }
    exchange::Register register_of(std::size_t node)
    {
        return desk(node)
            .store
            ->read([&](Transaction& t) {
                return exchange::own_register(t, desk(node).ledger->verifier());
            })
            .take();
    }
    /// Every pair of registers is complete, or exactly what is under way is named.
    void compare_registers()
    {
        std::vector<exchange::Register> registers;
        for (std::size_t node = 0; node < states.size(); ++node) {
            registers.push_back(register_of(node));
            compare_sweep(node, registers.back());
        }
        for (std::size_t from = 0; from < states.size(); ++from)
            for (std::size_t to = 0; to < states.size(); ++to) {
                if (from == to) continue;
                std::string const own { states.at(from) }, peer { states.at(to) };
                auto const all
                    = exchange::differences(registers.at(from), own, registers.at(to), peer);
                EXPECT_EQ(named(all, own), under_way(from, peer)) << own << " to " << peer;
                gaps_ += all.size();
            }
    }
    Named under_way(std::size_t from, std::string const& peer)
    {
        Named out;
        auto const load = desk(from).exchange->load(peer).value();
        if (load.first_under_way == 0) return out;
        for (auto seq = load.first_under_way; seq <= load.last_numbered; ++seq)
            out.emplace(
                desk(from).exchange->under_way(peer, seq).value().id, Difference::Kind::no_receipt);
        return out;
    }
    /// What was due and was not destroyed, or too late, is named, and nothing else.
    void compare_sweep(std::size_t node, exchange::Register const& of)
    {
        auto const swept = exchange::sweep(of, today_);
        Named expected;
        for (auto const& [key, copy] : copies_) {
            auto const message = key.node == node ? stored(node, key.message) : std::nullopt;
            if (!message || !message->entry) continue;
            if (!copy.entered && copy.erase_by < today_)
                expected.emplace(key.message, Difference::Kind::not_destroyed);
            // Entered at half past midnight in Sofia, the evening before in UTC; a day of slack.
            if (copy.entered && *copy.entered - days { 1 } > copy.erase_by + days { 1 })
                expected.emplace(key.message, Difference::Kind::destroyed_late);
        }
        EXPECT_EQ(named(swept.differences, states.at(node)), expected)
            << states.at(node) << " on " << to_text(today_);
        overdue_ += expected.size();
    }
    void expect_enough() const
    {
        EXPECT_GE(copies_.size(), 1000);
        EXPECT_GT(opened_, 500) << "enough of each to say something";
        EXPECT_GT(refused_, 500);
        EXPECT_GT(consents_, 3);
        EXPECT_GT(other_use_, 3);
        EXPECT_GT(passed_on_, 3);
        EXPECT_GT(gaps_, 20);
        EXPECT_GT(overdue_, 20);
    }

    Three nodes_;
    std::mt19937 random_ { 20260418 }; // NOLINT: the same lives every time
    Date today_ {};
    std::vector<Case> cases_;
    std::map<Key, Copy> copies_;
    std::vector<Key> order_;
    std::vector<Letter> letters_;
    std::vector<std::shared_ptr<Agreement>> agreements_;
    int opened_ = 0, refused_ = 0, other_use_ = 0, consents_ = 0, passed_on_ = 0;
    std::size_t gaps_ = 0, overdue_ = 0;
};

} // namespace

TEST(Lives, of_a_thousand_items_over_three_nodes_keep_to_their_days_purposes_and_registers)
{
    Lives {}.run();
}

} // namespace comity::rights
