#include "casework/related.h"

#include "casework/contents.h"
#include "message/value.h"
#include "search/plate.h"
#include "search/spoken_key.h"

#include <algorithm>
#include <cctype>

/// What a content may be found by, in one spelling for each.
namespace comity::casework {
namespace {

constexpr std::size_t token_bytes_min = 6, token_bytes_max = 40;
constexpr std::size_t token_digits_min = 4, phone_digits_min = 6, phone_digits_kept = 9;
constexpr std::size_t number_signs_min = 4;
constexpr std::string_view dated = "|dated", undated = "|undated";
constexpr std::string_view is = "is/", says = "says/";

bool letter_or_digit(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0;
}
bool digit(char c)
{
    return '0' <= c && c <= '9';
}
std::size_t digits_in(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count_if(text, digit));
}

std::string lowered(std::string_view text)
{
    std::string out { text };
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

/// Of a document or a weapon; as plates, so that А and A are one.
std::string number_key(std::string_view number)
{
    auto key = search::plate_key(number);
    return key.size() < number_signs_min || digits_in(key) == 0 ? "" : key;
}

/// National and international spelling end alike.
std::string phone_key(std::string_view number)
{
    std::string digits;
    std::ranges::copy_if(number, std::back_inserter(digits), digit);
    if (digits.size() < phone_digits_min) return {};
    return digits.size() > phone_digits_kept ? digits.substr(digits.size() - phone_digits_kept)
                                             : digits;
}

/// Case numbers of any channel: letters and digits with a dash, a stroke or a point inside.
void each_number(std::string_view text, auto const& tell)
{
    std::string token;
    auto const end = [&] {
        while (!token.empty() && !letter_or_digit(token.back())) token.pop_back();
        bool const joined = std::ranges::any_of(token, [](char c) { return !letter_or_digit(c); });
        if (joined && token_bytes_min <= token.size() && token.size() <= token_bytes_max
            && digits_in(token) >= token_digits_min && !parse_date(token).ok())
            tell(token);
        token.clear();
    };
    for (char const c : text)
        if (letter_or_digit(c) || (!token.empty() && (c == '-' || c == '/' || c == '.')))
            token += c;
        else
            end();
    end();
}

class Marks {
public:
    void walk(json::Value const& value, std::string_view name)
    {
        if (auto const* list = value.if_array())
            for (auto const& each : *list) walk(each, name);
        if (auto const* object = value.if_object()) walk(*object, name);
        if (auto const* text = value.if_string()) look(*text, name);
    }
    void walk(json::Object const& object, std::string_view name)
    {
        add_person(object);
        bool const document = object.contains("issuingState") || name == "documents"
            || (name == "document" && object.contains("kind"));
        bool const phone = name == "phone" || name == "subscribers";
        auto const number = text_at(object, "number");
        if (document) add(Likeness::document, number_key(number), number);
        if (phone) add(Likeness::phone, phone_key(number), number);
        for (auto const& member : object) {
            std::string_view const key { member.key() };
            if (key != "decision" && key != "requestDecision") walk(member.value(), key);
        }
    }
    void add_person(json::Object const& object)
    {
        auto const family = text_at(object, "familyName");
        if (family.empty()) return;
        auto const given = text_at(object, "givenName");
        auto const shown = given.empty() ? family : given + " " + family;
        add_name(shown, text_at(object, "birthDate"));
    }
    void add_name(std::string const& shown, std::string const& birth_date)
    {
        auto const key = search::spoken_key(shown);
        if (key.find(' ') == key.npos) return; // one name alone is everybody's
        if (!birth_date.empty()) add(Likeness::person, key + "|" + birth_date, shown);
        add(Likeness::name, key + std::string { birth_date.empty() ? undated : dated }, shown);
    }
    void add(Likeness likeness, std::string key, std::string const& shown)
    {
        if (key.empty() || out_.size() == marks_max) return;
        Mark mark { likeness, std::move(key), shown };
        auto const same = [&](Mark const& each) {
            return each.likeness == mark.likeness && each.key == mark.key;
        };
        if (std::ranges::none_of(out_, same)) out_.push_back(std::move(mark));
    }
    void add_numbers_in(std::string_view text)
    {
        each_number(text, [&](std::string const& token) {
            add(Likeness::case_number, std::string { says } + lowered(token), token);
        });
    }
    std::vector<Mark> take() { return std::move(out_); }

private:
    void look(std::string_view text, std::string_view name)
    {
        std::string const shown { text };
        if (name == "plate") return add(Likeness::plate, search::plate_key(text), shown);
        if (name == "vin") return add(Likeness::vin, search::vin_key(text), shown);
        if (name == "serialNumber") return add(Likeness::serial_number, number_key(text), shown);
        // What people write; ids and words of lists hold no blank.
        if (text.find(' ') != text.npos) add_numbers_in(text);
    }

    std::vector<Mark> out_;
};

} // namespace

std::vector<Mark> marks_of(json::Object const& content)
{
    Marks out;
    out.walk(content, {});
    return out.take();
}

std::vector<Mark> marks_of_number(std::string_view number)
{
    Marks out;
    std::string const shown { number };
    out.add(Likeness::case_number, std::string { is } + lowered(number), shown);
    if (auto const at = number.find('/'); at != number.npos)
        out.add(Likeness::case_number, std::string { is } + lowered(number.substr(at + 1)), shown);
    return out.take();
}

std::vector<Mark> marks_of_text(std::string_view text)
{
    Marks out;
    std::string const shown { text };
    out.add_name(shown, {});
    auto const number = number_key(text);
    if (!number.empty()) {
        out.add(Likeness::plate, search::plate_key(text), shown);
        out.add(Likeness::vin, search::vin_key(text), shown);
        out.add(Likeness::document, number, shown);
        out.add(Likeness::serial_number, number, shown);
        out.add(Likeness::phone, phone_key(text), shown);
        out.add(Likeness::case_number, std::string { says } + lowered(text), shown);
    }
    return out.take();
}

std::vector<Mark> marks_of_person(std::span<std::string const> names, std::string const& birth_date,
    std::span<std::string const> documents)
{
    Marks out;
    for (auto const& name : names) out.add_name(name, birth_date);
    for (auto const& number : documents) out.add(Likeness::document, number_key(number), number);
    return out.take();
}

std::vector<std::string> keys_that_match(Mark const& mark)
{
    auto const with = [&](std::string_view from, std::string_view to) {
        return std::string { to } + mark.key.substr(from.size());
    };
    if (mark.likeness == Likeness::name && mark.key.ends_with(dated))
        return { mark.key.substr(0, mark.key.size() - dated.size()) + std::string { undated } };
    if (mark.likeness == Likeness::name)
        return { mark.key,
            mark.key.substr(0, mark.key.size() - undated.size()) + std::string { dated } };
    if (mark.likeness != Likeness::case_number) return { mark.key };
    if (mark.key.starts_with(is)) return { with(is, says) };
    return { mark.key, with(says, is) };
}

} // namespace comity::casework
