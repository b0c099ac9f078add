//! What a site asks for in the address of the chat, and what the inbox says where the address is silent.

use crate::bed::Bed;
use serde_json::{Value, json};

/// A text on the page, once it is this.
async fn reads(bed: &Bed, css: &str, text: &str) {
    let (css, text) = (json!(css), json!(text));
    bed.until(&format!(
        "document.querySelector({css})?.textContent === {text}"
    ))
    .await;
}

/// The placeholder of a field, once it is this.
async fn asks(bed: &Bed, css: &str, text: &str) {
    let (css, text) = (json!(css), json!(text));
    bed.until(&format!(
        "document.querySelector({css})?.placeholder === {text}"
    ))
    .await;
}

async fn is_hidden(bed: &Bed, css: &str) -> Value {
    let css = json!(css);
    bed.eval(&format!(
        "getComputedStyle(document.querySelector({css})).display === 'none'"
    ))
    .await
}

#[tokio::test]
async fn what_the_address_says_stands_on_the_page() {
    let bed = Bed::make().await;
    let topic = format!("notification:{}", bed.desk.account_id);
    let mut agent = bed.desk.socket().await;
    // Some sites encode a value twice, as here the subtitle.
    bed.open(
        "&title=Ask%20us&subtitle=We%2520answer%2520fast&primaryColor=%23ff0000&greeting=Hello\
         &newMessagePlaceholder=Write%20here&emailInputPlaceholder=Your%20mail&requireEmailUpfront=1\
         &showAgentAvailability=1&agentAvailableText=Somebody%20is%20in&agentUnavailableText=All%20out\
         &companyName=Tea%20House&isBrandingHidden=true&words=%7B%22send%22%3A%22Off%20it%20goes%22%7D\
         &closeable=1&version=1.3.1&debug=0&disableAnalyticsTracking=1&baseUrl=https%3A%2F%2Fnowhere.example",
    )
    .await;
    bed.bubbles(&["Hello"]).await;
    reads(&bed, "#title", "Ask us").await;
    reads(&bed, "#subtitle", "We answer fast").await;
    bed.until("document.title === 'Ask us'").await;
    asks(&bed, "#text", "Write here").await;
    asks(&bed, "#email", "Your mail").await;
    reads(&bed, "#office", "All out").await;
    reads(&bed, ".theirs .name", "Tea House").await;
    bed.until("document.querySelector('#send').getAttribute('aria-label') === 'Off it goes'")
        .await;
    // Red is darkened until white letters on it can be read.
    let brand = "getComputedStyle(document.querySelector('.header')).backgroundColor";
    bed.until(&format!("/^rgb\\(2[0-9]{{2}}, 0, 0\\)$/.test({brand})"))
        .await;
    assert_eq!(is_hidden(&bed, "#brand").await, true);
    // Nobody has framed the page, so there is nothing to close.
    assert_eq!(is_hidden(&bed, "#close").await, true);
    agent.join(&topic, json!({})).await;
    reads(&bed, "#office", "Somebody is in").await;
    drop(agent);
    bed.end().await;
}

#[tokio::test]
async fn what_the_address_leaves_out_the_inbox_says() {
    let bed = Bed::make().await;
    let settings = json!({
        "title": "From the inbox", "subtitle": "With love", "color": "0f766e", "greeting": "Good day",
        "new_message_placeholder": "Say it", "email_input_placeholder": "Where to?",
        "new_messages_notification_text": "There is more", "show_agent_availability": true,
        "agent_available_text": "In", "agent_unavailable_text": "Out", "require_email_upfront": true,
        "is_branding_hidden": true, "inbox_id": bed.desk.inbox_id,
    });
    let change = json!({ "widget_settings": settings });
    bed.desk.put("/api/widget_settings", change).await.is(200);
    bed.open("").await;
    bed.bubbles(&["Good day"]).await;
    reads(&bed, "#title", "From the inbox").await;
    reads(&bed, "#subtitle", "With love").await;
    reads(&bed, "#office", "Out").await;
    reads(&bed, "#news", "There is more").await;
    asks(&bed, "#text", "Say it").await;
    asks(&bed, "#email", "Where to?").await;
    assert_eq!(is_hidden(&bed, "#email-row").await, false);
    assert_eq!(is_hidden(&bed, "#brand").await, true);

    bed.open("&title=From%20the%20site&showAgentAvailability=0&requireEmailUpfront=0&isBrandingHidden=false")
        .await;
    reads(&bed, "#title", "From the site").await;
    reads(&bed, "#subtitle", "With love").await;
    for (css, hidden) in [("#office", true), ("#email-row", true), ("#brand", false)] {
        assert_eq!(is_hidden(&bed, css).await, hidden, "{css}");
    }
    reads(&bed, "#brand", "Powered by Frontdesk").await;
    bed.end().await;
}

#[tokio::test]
async fn the_accounts_working_hours_decide_unless_the_site_does() {
    let bed = Bed::make().await;
    let hours = |from: u32, until: u32| {
        let line = json!({ "day": "everyday", "start_minute": from, "end_minute": until });
        json!({ "account": { "time_zone": "Etc/UTC", "working_hours": [line] } })
    };
    let greetings = "&greeting=Hello&awayMessage=We%20are%20closed";
    for (from, until, said) in [(0, 0, "We are closed"), (0, 1440, "Hello")] {
        bed.desk
            .put("/api/accounts/me", hours(from, until))
            .await
            .is(200);
        bed.open(greetings).await;
        bed.bubbles(&[said]).await;
    }
    bed.open(&format!("{greetings}&isOutsideWorkingHours=true"))
        .await;
    bed.bubbles(&["We are closed"]).await;
    bed.end().await;
}

#[tokio::test]
async fn news_below_what_is_read_is_pointed_to() {
    let bed = Bed::make().await;
    bed.open("&newMessagesNotificationText=Look%20below").await;
    bed.say(&"A long story.\u{E008}\u{E007}\u{E008}".repeat(60))
        .await;
    bed.is_sent().await;
    bed.eval("document.querySelector('#log').scrollTop = 0")
        .await;
    bed.reply("So far below").await;
    reads(&bed, "#news", "Look below").await;
    bed.until("!document.querySelector('#news').hidden").await;
    bed.shows("#news").await.click().await.unwrap();
    bed.until("document.querySelector('#news').hidden").await;
    bed.until("document.querySelector('#log').scrollTop > 0")
        .await;
    bed.end().await;
}

#[tokio::test]
async fn who_the_visitor_is_comes_with_the_address() {
    let bed = Bed::make().await;
    // As the native widget of Papercups says it, beside what its page is opened with.
    bed.open(
        "&mobile=1&metadata=%7B%22host%22%3A%22shop.example%22%7D\
         &customer=%7B%22name%22%3A%22Grace%22%2C%22external_id%22%3A%2242%22%2C%22metadata%22%3A%7B%22plan%22%3A%22gold%22%7D%7D",
    )
    .await;
    bed.say("Hello").await;
    bed.is_sent().await;
    let held = bed.conversation().await;
    let customer = &held["customer"];
    for (name, value) in [
        ("name", "Grace"),
        ("external_id", "42"),
        ("host", "shop.example"),
    ] {
        assert_eq!(customer[name], value, "{customer}");
    }
    assert_eq!(customer["metadata"]["plan"], "gold", "{customer}");

    // Another browser that is told the customer's id goes on where this one is.
    let id = customer["id"].as_str().unwrap();
    bed.eval("localStorage.clear()").await;
    bed.open(&format!("&customerId={id}")).await;
    bed.bubbles(&["Hello"]).await;
    assert_eq!(bed.stored().await, ["Hello"]);
    bed.end().await;
}
